package dev.gatehouse.setup.parts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.directory.Meaning;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.journal.Journal.Effect;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.journal.Journals;
import dev.gatehouse.setup.parts.ObservedState.AsDesired;
import dev.gatehouse.setup.parts.ObservedState.Different;
import dev.gatehouse.setup.parts.ObservedState.Observer;
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

/**
 * The one loop by which every part is made, and the journal of it. It observes the part. If that is as desired, it is done.
 * Otherwise it writes the intention into the journal, sends the request, and writes the result into the journal.
 *
 * <p>When Microsoft does not do it, the meaning of the answer decides what follows. If the request's fate is unclear, or
 * Microsoft is busy, or something that the request needs is not there yet: wait, observe, send again. If the thing is there
 * already: observe until it is seen, and never send again. Everything else stays as it is until a person changes something,
 * and is reported at once.
 */
public final class Provisioner {

    private final Journals journals;
    private final RetryPolicy retryPolicy;
    private final Progress progress;
    private Journal journal;

    public Provisioner(TenantId tenant, Journals journals, RetryPolicy retryPolicy, Progress progress) {
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

    Entry intention(Part part, String name, Effect effect) {
        var nothing = JsonNodeFactory.instance.objectNode();
        return new Entry(part, name, "", effect, retryPolicy.clock().instant(), nothing);
    }

    /** Makes a part as it should be, or says why it is not. */
    Outcome ensure(SetupPart setupPart, Observer observer) throws InterruptedException {
        var part = setupPart.part();
        var wait = retryPolicy.begin();
        Refusal.@Nullable Reason thereAlready = null;
        @Nullable Effect tried = null;
        while (true) {
            try {
                switch (observer.observe()) {
                    case AsDesired good -> {
                        return finishInterrupted(part, good).orElse(new Outcome.Kept(part));
                    }
                    case Different different -> {
                        // What was found instead may still have to be changed, which is another order.
                        if (thereAlready != null && different.intention().effect() == tried) {
                            if (!wait.again()) {
                                return new Outcome.Refused(part, unseen(thereAlready));
                            }
                            progress.waits(part, "Microsoft says that it is there; looking whether it appears");
                        } else if (different.isSafeToRepeat()
                                || !mayStillAppear(different.intention())
                                || !wait.again()) {
                            tried = different.intention().effect();
                            return request(different);
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
                if (!mayPass(setupPart, reason.meaning()) || !wait.again(pause)) {
                    return new Outcome.Refused(part, reason.sentence());
                }
                progress.waits(part, reason.sentence());
            }
        }
    }

    private static String unseen(Refusal.Reason thereAlready) {
        return "%s It cannot be seen here, so that nothing was done.".formatted(thereAlready.sentence());
    }

    private Outcome request(Different different) throws InterruptedException {
        var intention = different.intention();
        var earlier = journal.intention(intention.part(), intention.name());
        save(journal.intending(intention));
        String id;
        try {
            id = different.request().send();
        } catch (Refusal refusal) {
            if (!refusal.reason().isUnclear()) {
                // Nothing was done now. If it exists all the same, an earlier order of unclear fate may have made it.
                var isEarlierOnes = refusal.reason().meaning() == Meaning.THERE_ALREADY && earlier.isPresent();
                save(isEarlierOnes ? journal.intending(earlier.get()) : journal.withoutIntention(intention));
            }
            throw refusal;
        }
        save(journal.without(entry ->
                        entry.part() == intention.part() && entry.id().equals(id) && entry.effect() == Effect.CREATED)
                .done(intention.withId(id)));
        return made(intention);
    }

    private static Outcome made(Entry entry) {
        return new Outcome.Made(
                entry.part(), entry.effect() == Effect.CHANGED ? Action.CHANGE : Action.CREATE, entry.name());
    }

    /** When an earlier run, or an earlier try, was about to make what is now there, then it is ours. */
    private Optional<Outcome> finishInterrupted(Part part, AsDesired good) {
        var open = journal.intention(part, good.name());
        open.ifPresent(entry -> save(journal.done(entry.withId(good.id()))));
        return open.map(Provisioner::made);
    }

    /** Whether something that cannot be seen may have been made already: by an order of unclear fate, or very lately. */
    private boolean mayStillAppear(Entry intention) {
        return Stream.concat(
                        journal.intentions().stream(),
                        journal.of(intention.part()).filter(entry -> entry.effect() == Effect.CREATED))
                .filter(entry -> entry.isFor(intention.part(), intention.name()))
                .anyMatch(this::isFresh);
    }

    private boolean isFresh(Entry entry) {
        return retryPolicy.clock().instant().isBefore(entry.at().plus(retryPolicy.limit()));
    }

    /** Whether waiting can help. */
    private boolean mayPass(SetupPart part, Meaning meaning) {
        return switch (meaning) {
            case UNCLEAR, BUSY, NOT_THERE_YET -> true;
            case NOT_ALLOWED -> part.mayBeMadeByOwner() && isRegistrationFresh();
            case THERE_ALREADY, LIVES_TOO_LONG, FINAL -> false;
        };
    }

    /** Whether the app registration was made so lately that Microsoft's servers may not know yet who owns it. */
    private boolean isRegistrationFresh() {
        return journal.of(Part.APPLICATION)
                .filter(entry -> entry.effect() == Effect.CREATED)
                .anyMatch(this::isFresh);
    }
}
