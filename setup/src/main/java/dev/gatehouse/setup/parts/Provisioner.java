package dev.gatehouse.setup;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.Sight.Bad;
import dev.gatehouse.setup.Sight.Good;
import dev.gatehouse.setup.Sight.Look;
import dev.gatehouse.setup.directory.Meaning;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.journal.Journal.Deed;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.journal.Journals;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Progress;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one loop by which every part is made, and the journal of it: look; if it is as it should be, done. Otherwise write
 * the intention into the journal, give the order, write the result into the journal.
 *
 * <p>What Microsoft answers when it does not do it decides what follows. Its fate is unclear, or Microsoft is busy: wait,
 * look, order again. Something that it needs is not there yet: the same. It is there already: look until it is seen, and
 * never order again. Everything else stays as it is until a person changes something, and is told at once.
 */
final class Making {

    private final Journals journals;
    private final RetryPolicy retryPolicy;
    private final Progress progress;
    private Journal journal;

    Making(TenantId tenant, Journals journals, RetryPolicy retryPolicy, Progress progress) {
        this.journals = journals;
        this.retryPolicy = retryPolicy;
        this.progress = progress;
        this.journal = journals.load(tenant);
    }

    Journal journal() {
        return journal;
    }

    void save(Journal changed) {
        if (!changed.equals(journal)) {
            journals.save(changed);
            journal = changed;
        }
    }

    Entry intention(Part part, String name, Deed deed) {
        return intention(part, name, deed, JsonNodeFactory.instance.objectNode());
    }

    Entry intention(Part part, String name, Deed deed, ObjectNode before) {
        return new Entry(part, name, "", deed, retryPolicy.clock().instant(), before);
    }

    /** Makes a part as it should be, or says why it is not. */
    Outcome make(Part part, Look look) throws InterruptedException {
        var wait = retryPolicy.begin();
        Refusal.@Nullable Reason thereAlready = null;
        @Nullable Deed tried = null;
        while (true) {
            try {
                switch (look.look()) {
                    case Good good -> {
                        return finishInterrupted(part, good).orElse(new Outcome.Kept(part));
                    }
                    case Bad bad -> {
                        // What was found instead may still have to be changed, which is another order.
                        if (thereAlready != null && bad.intention().deed() == tried) {
                            if (!wait.again()) {
                                return new Outcome.Refused(part, unseen(thereAlready));
                            }
                            progress.waits(part, "Microsoft says that it is there; looking whether it appears");
                        } else if (bad.isSafeToRepeat() || !mayStillAppear(bad.intention()) || !wait.again()) {
                            tried = bad.intention().deed();
                            return carryOut(bad);
                        } else {
                            progress.waits(part, "an earlier order may have made it; looking whether it appears");
                        }
                    }
                }
            } catch (Refusal refusal) {
                var reason = refusal.reason();
                if (reason.meaning() == Meaning.THERE_ALREADY && thereAlready == null) {
                    thereAlready = reason;
                    continue;
                }
                var pause = reason.retryAfter().orElse(Duration.ZERO);
                if (!mayPass(part, reason.meaning()) || !wait.again(pause)) {
                    return new Outcome.Refused(part, reason.sentence());
                }
                progress.waits(part, reason.sentence());
            }
        }
    }

    private static String unseen(Refusal.Reason thereAlready) {
        return "%s It cannot be seen here, so that nothing was done.".formatted(thereAlready.sentence());
    }

    private Outcome carryOut(Bad bad) throws InterruptedException {
        var intention = bad.intention();
        var earlier = journal.intention(intention.part(), intention.name());
        save(journal.intending(intention));
        String id;
        try {
            id = bad.command().give();
        } catch (Refusal refusal) {
            if (!refusal.reason().isUnclear()) {
                // Nothing was done now. If it exists all the same, an earlier order of unclear fate may have made it.
                var isEarlierOnes = refusal.reason().meaning() == Meaning.THERE_ALREADY && earlier.isPresent();
                save(isEarlierOnes ? journal.intending(earlier.get()) : journal.withoutIntention(intention));
            }
            throw refusal;
        }
        save(journal.without(entry ->
                        entry.part() == intention.part() && entry.id().equals(id) && entry.deed() == Deed.CREATED)
                .done(intention.withId(id)));
        return made(intention);
    }

    private static Outcome made(Entry entry) {
        return new Outcome.Made(
                entry.part(), entry.deed() == Deed.CHANGED ? Action.CHANGE : Action.CREATE, entry.name());
    }

    /** When an earlier run, or an earlier try, was about to make what is now there, then it is ours. */
    private Optional<Outcome> finishInterrupted(Part part, Good good) {
        var open = journal.intention(part, good.name());
        open.ifPresent(entry -> save(journal.done(entry.withId(good.id()))));
        return open.map(Making::made);
    }

    /** Whether something that cannot be seen may have been made already: by an order of unclear fate, or very lately. */
    private boolean mayStillAppear(Entry intention) {
        return Stream.concat(
                        journal.intentions().stream(),
                        journal.of(intention.part()).filter(entry -> entry.deed() == Deed.CREATED))
                .filter(entry -> entry.isFor(intention.part(), intention.name()))
                .anyMatch(this::isFresh);
    }

    private boolean isFresh(Entry entry) {
        return retryPolicy.clock().instant().isBefore(entry.at().plus(retryPolicy.limit()));
    }

    /** Whether waiting can help. */
    private boolean mayPass(Part part, Meaning meaning) {
        return switch (meaning) {
            case UNCLEAR, BUSY, NOT_THERE_YET -> true;
            case NOT_ALLOWED -> isBuiltOnFresh(part);
            case THERE_ALREADY, LIVES_TOO_LONG, FINAL -> false;
        };
    }

    /** Whoever made an app registration may do everything with it, as soon as Microsoft's servers know whose it is. */
    private boolean isBuiltOnFresh(Part part) {
        return switch (part) {
            case SERVICE_PRINCIPAL, OWNER, SECRET ->
                journal.of(Part.APPLICATION)
                        .filter(entry -> entry.deed() == Deed.CREATED)
                        .anyMatch(this::isFresh);
            case GUEST, ROLE, PARTNER, APPLICATION, CONSENT, DELEGATED_CONSENT -> false;
        };
    }
}
