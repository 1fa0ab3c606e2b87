package dev.gatehouse.workbench.web.api.detections;

import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Caller;
import dev.gatehouse.workbench.platform.database.KeysetPage.Place;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.suppressions.DryRun;
import dev.gatehouse.workbench.suppressions.DryRunAlert;
import dev.gatehouse.workbench.suppressions.DryRuns;
import dev.gatehouse.workbench.suppressions.NoSuchSuppression;
import dev.gatehouse.workbench.suppressions.Suppression;
import dev.gatehouse.workbench.suppressions.SuppressionChangedMeanwhile;
import dev.gatehouse.workbench.suppressions.SuppressionDraft;
import dev.gatehouse.workbench.suppressions.SuppressionEditing;
import dev.gatehouse.workbench.suppressions.SuppressionField;
import dev.gatehouse.workbench.suppressions.SuppressionRefused;
import dev.gatehouse.workbench.suppressions.SuppressionYaml;
import dev.gatehouse.workbench.suppressions.Suppressions;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.resources.Answers;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code suppressions}: those that somebody may see; writing them, trying them on the past, and putting them in force. */
@RestController
@RequestMapping(SuppressionApi.PATH)
class SuppressionApi {

    static final String TYPE = "suppressions";
    static final String PATH = "/api/v2/" + TYPE;
    private static final String DRY_RUN = "suppression_dry_runs";

    /** How long a request looks at alerts before it answers how far it has come. */
    private static final Duration STEP = Duration.ofSeconds(10);

    private static final int PORTION = 200;

    private final Suppressions suppressions;
    private final SuppressionEditing editing;
    private final SuppressionYaml yaml;
    private final DryRuns dryRuns;
    private final Answers answers;

    SuppressionApi(
            Suppressions suppressions,
            SuppressionEditing editing,
            SuppressionYaml yaml,
            DryRuns dryRuns,
            Answers answers) {
        this.suppressions = suppressions;
        this.editing = editing;
        this.yaml = yaml;
        this.dryRuns = dryRuns;
        this.answers = answers;
    }

    @PostMapping
    @Operation(value = "Writes a draft", consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> create(Scope scope, @AuthenticationPrincipal Caller who, HttpServletRequest request) {
        var body = Body.read(request, TYPE);
        var draft = draft(body, SuppressionDraft.EMPTY);
        var added = editing.add(scope, organization(body), draft, Actor.of(who));
        return ResponseEntity.created(URI.create(PATH + "/" + added.id()))
                .contentType(Documents.MEDIA_TYPE)
                .body(answers.document(scope, TYPE, added.id().toString(), Map.of()));
    }

    /** Says what is wrong with one, and writes nothing. */
    @PostMapping("/check")
    @Operation(
            value = "Says what is wrong with a suppression, and writes nothing",
            consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> check(Scope scope, HttpServletRequest request) {
        var body = Body.read(request, TYPE);
        editing.check(scope, organization(body), draft(body, SuppressionDraft.EMPTY));
        var resource = Documents.resource(TYPE, "check");
        Documents.attributes(resource).put("accepted", true);
        return Documents.ok(Documents.of(resource));
    }

    @PatchMapping("/{id}")
    @Operation(value = "Changes the attributes that are sent", consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> change(
            Scope scope, @PathVariable String id, @AuthenticationPrincipal Caller who, HttpServletRequest request) {
        var present = find(scope, id);
        var body = Body.read(request, TYPE);
        var draft = draft(body, present.terms().draft());
        return answer(scope, () -> editing.change(scope, present.id(), revision(body, present), draft, Actor.of(who)));
    }

    @PostMapping("/{id}/live")
    @Operation(value = "Puts a draft in force", consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> goLive(
            Scope scope, @PathVariable String id, @AuthenticationPrincipal Caller who, HttpServletRequest request) {
        var present = find(scope, id);
        var body = Body.read(request, TYPE);
        return answer(scope, () -> editing.goLive(scope, present.id(), revision(body, present), Actor.of(who)));
    }

    @PostMapping("/{id}/withdraw")
    @Operation(value = "Takes one back for good", consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> withdraw(
            Scope scope, @PathVariable String id, @AuthenticationPrincipal Caller who, HttpServletRequest request) {
        var present = find(scope, id);
        var body = Body.read(request, TYPE);
        var comment = body.text("withdraw_comment").orElse("");
        return answer(
                scope, () -> editing.withdraw(scope, present.id(), revision(body, present), comment, Actor.of(who)));
    }

    @PostMapping("/{id}/review")
    @Operation(value = "Sets the next review", consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> review(
            Scope scope, @PathVariable String id, @AuthenticationPrincipal Caller who, HttpServletRequest request) {
        var present = find(scope, id);
        var body = Body.read(request, TYPE);
        var next = body.time("next_review").orElse(Instant.EPOCH);
        var comment = body.text("review_comment").orElse("");
        return answer(
                scope,
                () -> editing.reviewed(scope, present.id(), revision(body, present), next, comment, Actor.of(who)));
    }

    /** Begins a dry run, or goes on with one that is under way; to be asked again until it is finished. */
    @PostMapping("/{id}/dry_run")
    @Operation("Begins a dry run, or goes on with it")
    ResponseEntity<JsonNode> dryRun(Scope scope, @PathVariable String id, @AuthenticationPrincipal Caller who) {
        var present = find(scope, id);
        return refusing(() -> {
            var isUnderWay = dryRuns.find(scope, present.id())
                    .filter(run -> run.isOf(present) && !run.isFinished())
                    .isPresent();
            if (!isUnderWay) {
                dryRuns.begin(scope, present.id(), Actor.of(who));
            }
            return Documents.ok(Documents.of(
                    resource(dryRuns.goOn(scope, present.id(), STEP).orElseThrow(() -> noDryRun(id)))));
        });
    }

    @GetMapping("/{id}/dry_run")
    @Operation("Tells how far a dry run is")
    ResponseEntity<JsonNode> dryRun(Scope scope, @PathVariable String id) {
        var present = find(scope, id);
        return Documents.ok(Documents.of(resource(dryRuns.find(scope, present.id())
                .filter(run -> run.isOf(present))
                .orElseThrow(() -> noDryRun(id)))));
    }

    /** What it would have closed, the worst first. {@code links.next} leads to the rest. */
    @GetMapping("/{id}/dry_run/alerts")
    @Operation("Lists the alerts that it would have closed, the worst ending first")
    ResponseEntity<JsonNode> dryRunAlerts(Scope scope, @PathVariable String id, HttpServletRequest request) {
        var present = find(scope, id);
        var place = Place.of(
                Optional.ofNullable(request.getParameter("page[after]")).orElse(""));
        return refusing(() -> {
            var page = dryRuns.alerts(scope, present.id(), place, PORTION);
            var document = Documents.document();
            var links = document.putObject("links");
            page.next()
                    .ifPresent(next -> links.put(
                            "next", "%s/%s/dry_run/alerts?page%%5Bafter%%5D=%s".formatted(PATH, id, next.text())));
            var data = document.putArray("data");
            page.rows().forEach(row -> data.add(resource(row)));
            return Documents.ok(document);
        });
    }

    private Suppression find(Scope scope, String id) {
        try {
            return suppressions.find(scope, UUID.fromString(id)).orElseThrow(() -> noSuppression(id));
        } catch (IllegalArgumentException notAnId) {
            throw noSuppression(id);
        }
    }

    private static Refusal noSuppression(String id) {
        return Refusal.notFound("There is no suppression with the id %s.".formatted(id));
    }

    private static Refusal noDryRun(String id) {
        return Refusal.notFound("There is no dry run of what suppression %s says now.".formatted(id));
    }

    private static Optional<UUID> organization(Body body) {
        return body.text("organization_id").map(text -> {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw Refusal.at(Body.pointer("organization_id"), "'%s' is no id.".formatted(text));
            }
        });
    }

    /** Of all of its text, or of single attributes that take the place of what is there. */
    private SuppressionDraft draft(Body body, SuppressionDraft present) {
        var draft = present;
        var text = body.text("yaml");
        if (text.isPresent()) {
            try {
                draft = yaml.read(text.get());
            } catch (SuppressionYaml.Invalid e) {
                throw new Refusal(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        e.problems().stream()
                                .map(problem -> Refusal.Complaint.at(Body.pointer("yaml"), problem.toString()))
                                .toList());
            }
        }
        for (var field : SuppressionField.values()) {
            var said = field == SuppressionField.INCLUDES_SEVERE
                    ? body.bool(field.key()).map(Object::toString)
                    : body.text(field.key());
            if (said.isPresent()) {
                draft = draft.with(field, said.get());
            }
        }
        return draft;
    }

    /** That of what the client looked at; without one it takes what is there as seen. */
    private static int revision(Body body, Suppression present) {
        var said = body.attributes().path("revision");
        return said.isInt() ? said.intValue() : present.revision();
    }

    private ResponseEntity<JsonNode> answer(Scope scope, Supplier<Suppression> change) {
        return refusing(() -> answers.ok(scope, TYPE, change.get().id().toString()));
    }

    private static ResponseEntity<JsonNode> refusing(Supplier<ResponseEntity<JsonNode>> answer) {
        try {
            return answer.get();
        } catch (SuppressionRefused e) {
            throw Refusal.body(HttpStatus.UNPROCESSABLE_CONTENT, e.reason());
        } catch (SuppressionChangedMeanwhile e) {
            throw Refusal.body(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
        } catch (NoSuchSuppression e) {
            throw Refusal.notFound(String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode resource(DryRun run) {
        var resource = Documents.resource(DRY_RUN, run.suppression().toString());
        var attributes = Documents.attributes(resource)
                .put("is_finished", run.isFinished())
                .put("from", Documents.time(run.from()))
                .put("to", Documents.time(run.to()))
                .put("reached", Documents.time(run.reached()))
                .put("started_at", Documents.time(run.started()))
                .put("started_by", run.startedBy())
                .put("finished_at", run.finished().map(Documents::time).orElse(null))
                .put("looked_at", run.lookedAt())
                .put("failed", run.failed())
                .put("failure", run.failure())
                .put("would_have_closed", run.count())
                .put("sentence", run.sentence());
        var endings = attributes.putObject("endings");
        run.closed().forEach((ending, alerts) -> endings.put(ending.key(), alerts));
        return resource;
    }

    private static ObjectNode resource(DryRunAlert row) {
        var resource = Documents.resource("expel_alerts", row.alert().toString());
        Documents.attributes(resource).put("ending", row.ending().key());
        return resource;
    }
}
