package dev.gatehouse.workbench.investigations;

import static dev.gatehouse.workbench.investigations.InvestigationParts.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Classification;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Query;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Status;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Table;
import dev.gatehouse.workbench.investigations.InvestigativeActions.Draft;
import dev.gatehouse.workbench.investigations.InvestigativeActions.Ran;
import dev.gatehouse.workbench.investigations.RemediationAction.AssetType;
import dev.gatehouse.workbench.investigations.Remediations.NewAsset;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Findings, comments, timeline, actions and remediations. */
class InsideInvestigationsTest {

    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");
    private static final Actor BEN = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ben");

    private final InvestigationParts parts = new InvestigationParts();
    private final Organization acme = parts.organization("ACME");
    private final UUID id = parts.get(InvestigationActions.class).open(ALL, ADA, acme.id(), "Theft");
    private final Findings findings = parts.get(Findings.class);
    private final Comments comments = parts.get(Comments.class);
    private final TimelineEntries timeline = parts.get(TimelineEntries.class);
    private final InvestigativeActions actions = parts.get(InvestigativeActions.class);
    private final Remediations remediations = parts.get(Remediations.class);

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void asksAnswersReordersAndDeletesQuestions() {
        var added = findings.add(ALL, BEN, id, "Who is mallory?", "");
        findings.change(ALL, BEN, id, new Seen(added, 0), "Who is mallory?", "A *contractor*.");
        findings.move(ALL, BEN, id, added, true);
        var first = findings.of(ALL, id).getFirst();
        findings.delete(ALL, BEN, id, new Seen(first.id(), first.revision()));

        var now = findings.of(ALL, id);
        assertThat(now).hasSize(Findings.DEFAULT_QUESTIONS.size());
        assertThat(now.get(now.size() - 2))
                .returns("Who is mallory?", Finding::title)
                .returns("A *contractor*.", Finding::finding);
        assertThat(parts.sentences(id))
                .endsWith(
                        "Ben changed the question “Who is mallory?”: finding is “A *contractor*.”.",
                        "Ben changed the question “Who is mallory?”: rank “7” → “6”.",
                        "Ben deleted the question “%s”.".formatted(first.title()));
    }

    @Test
    void anAnswerOverwritesNoOther() {
        var question = findings.of(ALL, id).getFirst();
        var asBothSawIt = new Seen(question.id(), question.revision());
        findings.change(ALL, ADA, id, asBothSawIt, question.title(), "By phishing.");

        assertThatThrownBy(() -> findings.change(ALL, BEN, id, asBothSawIt, question.title(), "By guessing."))
                .isInstanceOf(InvestigationChangedMeanwhile.class)
                .hasMessageContaining("finding is “By phishing.”");
        assertThatThrownBy(() -> findings.delete(ALL, BEN, id, asBothSawIt))
                .isInstanceOf(InvestigationChangedMeanwhile.class);

        assertThat(findings.of(ALL, id).getFirst().finding()).isEqualTo("By phishing.");
    }

    @Test
    void onlyWhoCommentedChangesOrDeletesTheComment() {
        var comment = comments.add(ALL, ADA, id, "First.");

        assertThatThrownBy(() -> comments.change(ALL, BEN, id, new Seen(comment, 0), "Mine."))
                .isInstanceOf(InvalidInvestigationChange.class)
                .hasMessage("Only Ada may do that.");
        comments.change(ALL, ADA, id, new Seen(comment, 0), "Second.");
        assertThat(comments.of(ALL, id)).singleElement().returns(true, Comment::isEdited);
        comments.delete(ALL, ADA, id, new Seen(comment, 1));

        assertThat(comments.of(ALL, id)).isEmpty();
        assertThat(parts.sentences(id))
                .endsWith(
                        "Ada commented: “First.”",
                        "Ada changed a comment: “Second.”",
                        "Ada deleted a comment: “Second.”");
    }

    @Test
    void putsEventsOnTheTimelineInTheOrderInWhichTheyHappened() {
        var later = timeline.add(ALL, ADA, id, said("2026-11-22T10:00:00Z", "Export"));
        timeline.add(ALL, ADA, id, said("2026-11-21T10:00:00Z", "Sign-in"));
        timeline.change(ALL, BEN, id, new Seen(later, 0), said("2026-11-20T10:00:00Z", "Export"));

        assertThat(timeline.of(ALL, id))
                .extracting(entry -> entry.what().event())
                .containsExactly("Export", "Sign-in");
        assertThatThrownBy(() -> timeline.delete(ALL, ADA, id, new Seen(later, 0)))
                .isInstanceOf(InvestigationChangedMeanwhile.class);
        timeline.delete(ALL, ADA, id, new Seen(later, 1));
        assertThat(timeline.of(ALL, id)).hasSize(1);
    }

    private static TimelineEntry.Said said(String at, String event) {
        return new TimelineEntry.Said(Instant.parse(at), event, "", "WS1", "DC1", "LATERAL_MOVEMENT", "", true);
    }

    @Test
    void asksTheCustomerAndKeepsTheAnswer() {
        var action = actions.add(
                ALL, ADA, id, InvestigativeAction.Type.VERIFY, what("Did you do that?"), Optional.of(Actor.of(acme)));

        actions.answer(ALL, BEN, new Seen(action, 0), false, "Eve, IT", "Never seen.");

        var answered = actions.find(ALL, action).orElseThrow();
        assertThat(answered)
                .returns(Status.READY_FOR_ANALYSIS, InvestigativeAction::status)
                .returns(Optional.of(false), each -> each.answer().isAuthorized())
                .returns("Eve, IT", each -> each.answer().by());
        assertThat(parts.sentences(id))
                .last()
                .isEqualTo("Ben wrote down the answer to “Did you do that?”: not authorised, says Eve, IT.");
        assertThatThrownBy(() -> actions.answer(ALL, ADA, new Seen(action, 0), true, "Bob", ""))
                .isInstanceOf(InvestigationChangedMeanwhile.class);
        assertThatThrownBy(() -> actions.answer(
                        ALL,
                        ADA,
                        new Seen(
                                actions.add(
                                        ALL, ADA, id, InvestigativeAction.Type.MANUAL, what("Look"), Optional.empty()),
                                0),
                        true,
                        "Bob",
                        ""))
                .isInstanceOf(InvalidInvestigationChange.class);
    }

    private static InvestigativeAction.Said what(String title) {
        return new InvestigativeAction.Said(title, "", "", "");
    }

    @Test
    void assignsClassifiesAndClosesSteps() {
        var action = actions.add(ALL, ADA, id, InvestigativeAction.Type.RESEARCH, what("The tool"), Optional.empty());

        actions.change(ALL, ADA, new Seen(action, 0), draft(Status.RUNNING, Optional.empty(), Optional.of(BEN)));
        actions.change(
                ALL,
                BEN,
                new Seen(action, 1),
                draft(Status.RUNNING, Optional.of(Classification.MALICIOUS), Optional.of(BEN)));
        actions.change(
                ALL,
                BEN,
                new Seen(action, 2),
                draft(Status.CLOSED, Optional.of(Classification.MALICIOUS), Optional.of(BEN)));

        assertThat(actions.find(ALL, action).orElseThrow())
                .returns(true, each -> each.times().closed().isPresent())
                .returns(3, InvestigativeAction::revision);
        assertThat(parts.get(InvestigationHistory.class).of(ALL, id, 3))
                .extracting(InvestigationEvent::action)
                .containsExactly(HistoryAction.CLOSED, HistoryAction.CLASSIFIED, HistoryAction.ASSIGNED);
    }

    private static Draft draft(Status status, Optional<Classification> classification, Optional<Actor> assignee) {
        return new Draft(status, what("The tool"), classification, assignee);
    }

    @Test
    void stepsOfAnAlertAreThereWithAndWithoutAnInvestigation() {
        var alert = parts.alert(parts.device(acme), "a1", "mallory");
        var rows = Collections.nCopies(5_000, List.of("DC1", "x".repeat(100)));
        actions.keep(List.of(new Ran(
                alert.id(),
                alert.tenant(),
                what("Sign-ins of mallory"),
                new Query(
                        "IdentityLogonEvents | where AccountName == name",
                        Map.of("name", "mallory"),
                        Optional.of(new Table(List.of("Host", "Text"), rows)),
                        OptionalInt.of(5_000),
                        "5,000 sign-ins.",
                        "",
                        Optional.of(Instant.parse("2026-11-23T09:00:00Z")),
                        Optional.of(Instant.parse("2026-11-23T09:00:02Z"))))));

        var kept = actions.ofAlert(ALL, alert.id()).getFirst();
        assertThat(kept)
                .returns(InvestigativeAction.Type.HUNTING, InvestigativeAction::type)
                .returns(Status.READY_FOR_ANALYSIS, InvestigativeAction::status)
                .returns(OptionalInt.of(5_000), each -> each.query().rowCount())
                .returns(Map.of("name", "mallory"), each -> each.query().parameters());
        assertThat(kept.query().table().orElseThrow().rows())
                .hasSizeBetween(2_000, 2_500)
                .startsWith(List.of("DC1", "x".repeat(100)));
        actions.change(ALL, ADA, new Seen(kept.id(), 0), draft(Status.CLOSED, Optional.empty(), Optional.empty()));

        var opened = parts.get(InvestigationActions.class).openFrom(ALL, ADA, List.of(alert.id()), "");
        assertThat(actions.of(ALL, opened, List.of(alert.id())))
                .extracting(InvestigativeAction::status)
                .containsExactly(Status.CLOSED);
        assertThat(actions.of(Scope.of(parts.organization("GLOBEX").id()), opened, List.of(alert.id())))
                .isEmpty();
    }

    @Test
    void recommendsRemediationsAndTicksTheirAssets() {
        var action = remediations.add(
                ALL,
                ADA,
                id,
                RemediationAction.Type.DISABLE_USER_ACCOUNT,
                new RemediationAction.Said("", "Both of them.", ""),
                Optional.empty(),
                List.of(
                        new NewAsset(AssetType.ACCOUNT, "mallory"),
                        new NewAsset(AssetType.ACCOUNT, "eve"),
                        new NewAsset(AssetType.ACCOUNT, "eve")));
        var before = remediations.of(ALL, id).getFirst();
        assertThat(before.assets()).extracting(RemediationAction.Asset::value).containsExactly("eve", "mallory");

        remediations.change(
                ALL,
                BEN,
                id,
                new Seen(action, 0),
                new Remediations.Draft(
                        RemediationAction.Status.COMPLETED,
                        before.what(),
                        Optional.of(BEN),
                        List.of(before.assets().getFirst().id()),
                        List.of(new NewAsset(AssetType.ACCOUNT, "mallory"), new NewAsset(AssetType.HOST, "WS1"))));

        var after = remediations.of(ALL, id).getFirst();
        assertThat(after)
                .returns("Disable user account", each -> each.what().title())
                .returns(1L, RemediationAction::done)
                .returns(RemediationAction.Status.COMPLETED, RemediationAction::status)
                .returns(3, each -> each.assets().size());
        assertThat(parts.get(InvestigationHistory.class)
                        .of(ALL, id, 1)
                        .getFirst()
                        .action())
                .isEqualTo(HistoryAction.COMPLETED);
        assertThatThrownBy(() -> remediations.delete(ALL, ADA, id, new Seen(action, 0)))
                .isInstanceOf(InvestigationChangedMeanwhile.class);
        remediations.delete(ALL, ADA, id, new Seen(action, 1));
        assertThat(remediations.of(ALL, id)).isEmpty();
    }
}
