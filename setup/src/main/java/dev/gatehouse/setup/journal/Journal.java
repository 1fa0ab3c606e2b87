package dev.gatehouse.setup.journal;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.plan.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Gatehouse did in one tenant, so that a later run knows its own work: to finish it, or to take exactly it away.
 * Before each order the journal is written with the intention, after it with the result. No secret ever stands in it.
 *
 * @param tenant the customer's directory
 * @param application the object id of the app registration in use, once there is one
 * @param entries what was done, oldest first
 * @param intentions what was about to be done; still there when a run was interrupted, or an order's fate is unclear
 */
public record Journal(TenantId tenant, Optional<String> application, List<Entry> entries, List<Entry> intentions) {

    public Journal {
        entries = List.copyOf(entries);
        intentions = List.copyOf(intentions);
    }

    /** What was done to a thing. */
    public enum Effect {
        /** It was not there before. */
        CREATED,
        /** It was there, and some fields were changed; {@link Entry#before} has what they were. */
        CHANGED,
        /** A secret that was not only created but also put where it is used. */
        STORED
    }

    /**
     * One thing done, or about to be done.
     *
     * @param part what kind of thing
     * @param name what people call it, e.g. the permission or the address
     * @param id Microsoft's id of it; empty for an intention
     * @param effect what became of it
     * @param at when, by this machine's clock
     * @param before the fields that were changed as they were before; for a secret or a certificate, which of the two it
     *     is, and the ids of those that existed
     */
    public record Entry(Part part, String name, String id, Effect effect, Instant at, ObjectNode before) {

        private static final String CERTIFICATE = "certificate";

        /** Where {@link #before()} has the id that a certificate is going to have. */
        public static final String KEY_ID = "keyId";

        /** What {@link #before()} begins with for a thing to sign in with. */
        public static ObjectNode kind(boolean isCertificate) {
            var kind = JsonNodeFactory.instance.objectNode();
            return isCertificate ? kind.put(CERTIFICATE, true) : kind;
        }

        /** Whether a thing to sign in with is a certificate and no secret. */
        public boolean isCertificate() {
            return before.path(CERTIFICATE).asBoolean(false);
        }

        /** The id that a certificate is going to have. */
        public Optional<String> intendedKeyId() {
            return Optional.of(before.path(KEY_ID).asString("")).filter(id -> !id.isEmpty());
        }

        public Entry as(Effect newEffect) {
            return new Entry(part, name, id, newEffect, at, before);
        }

        /** The same, with the fields as they were before. */
        public Entry with(ObjectNode fieldsBefore) {
            return new Entry(part, name, id, effect, at, fieldsBefore);
        }

        public Entry withId(String newId) {
            return new Entry(part, name, newId, effect, at, before);
        }

        public boolean isFor(Part otherPart, String otherName) {
            return part == otherPart && name.equals(otherName);
        }
    }

    public static Journal empty(TenantId tenant) {
        return new Journal(tenant, Optional.empty(), List.of(), List.of());
    }

    /** Whether nothing was ever done here. */
    public boolean isEmpty() {
        return entries.isEmpty() && intentions.isEmpty();
    }

    /** What was done to a part, oldest first. */
    public Stream<Entry> of(Part part) {
        return entries.stream().filter(entry -> entry.part() == part);
    }

    /** The ids of a thing that was made or changed here, the latest first. */
    public List<String> ids(Part part, String name) {
        return entries.reversed().stream()
                .filter(entry -> entry.isFor(part, name))
                .map(Entry::id)
                .distinct()
                .toList();
    }

    /** The id of the certificate that the device got last, when what it got last is one. */
    public Optional<String> certificateInUse() {
        return of(Part.SECRET)
                .filter(entry -> entry.effect() == Effect.STORED)
                .max(Comparator.comparing(Entry::at))
                .filter(Entry::isCertificate)
                .map(Entry::id);
    }

    /** What was about to be done to a thing, and may have been. */
    public Optional<Entry> intention(Part part, String name) {
        return intentions.stream().filter(open -> open.isFor(part, name)).findFirst();
    }

    public Journal using(String applicationObjectId) {
        return new Journal(tenant, Optional.of(applicationObjectId), entries, intentions);
    }

    public Journal intending(Entry entry) {
        var all = new ArrayList<>(withoutIntention(entry).intentions);
        all.add(entry);
        return new Journal(tenant, application, entries, all);
    }

    public Journal withoutIntention(Entry entry) {
        return new Journal(
                tenant,
                application,
                entries,
                intentions.stream()
                        .filter(open -> !open.isFor(entry.part(), entry.name()))
                        .toList());
    }

    /** Notes that an intention was carried out. */
    public Journal done(Entry entry) {
        var all = new ArrayList<>(entries);
        all.add(entry);
        return new Journal(tenant, application, all, withoutIntention(entry).intentions);
    }

    /** What appeared since an order of unclear fate was given to make a secret, is what that order made. */
    public Journal notingStrays(Application application) {
        var noted = this;
        for (var open : intentions) {
            if (open.part() != Part.SECRET) {
                continue;
            }
            var known = open.before()
                    .path("known")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
            var made = open.isCertificate() ? application.certificates() : application.passwords();
            for (var key : made) {
                var isIntended = open.intendedKeyId()
                        .filter(key.keyId()::equalsIgnoreCase)
                        .isPresent();
                var isNewOfThatName = key.displayName().equals(open.name()) && !known.contains(key.keyId());
                if (isIntended || isNewOfThatName) {
                    noted = noted.done(open.as(Effect.CREATED).withId(key.keyId()));
                }
            }
        }
        return noted;
    }

    public Journal replacing(Entry old, Entry replacement) {
        return new Journal(
                tenant,
                application,
                entries.stream()
                        .map(entry -> entry.equals(old) ? replacement : entry)
                        .toList(),
                intentions);
    }

    public Journal without(Predicate<Entry> gone) {
        return new Journal(
                tenant, application, entries.stream().filter(gone.negate()).toList(), intentions);
    }

    /** After everything was taken away. */
    public Journal cleared() {
        return empty(tenant);
    }
}
