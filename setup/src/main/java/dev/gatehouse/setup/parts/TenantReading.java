package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Guest;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.directory.ServicePrincipal;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Part;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads a tenant part by part. Later parts may ask what was found of those before them. */
public final class TenantReading {

    private final Directory directory;
    private final Desired desired;
    private final Journal journal;
    private final Search search;
    private final ServicePrincipal graph;
    private final Map<Part, Object> found = new EnumMap<>(Part.class);
    private final Map<Part, String> unreadable = new EnumMap<>(Part.class);

    /**
     * Prepares the reading; nothing is asked yet.
     *
     * @param graph Microsoft Graph itself, as that tenant knows it
     */
    public TenantReading(Directory directory, Desired desired, Journal journal, ServicePrincipal graph) {
        this.directory = directory;
        this.desired = desired;
        this.journal = journal;
        this.search = new Search(directory, desired);
        this.graph = graph;
    }

    /**
     * Reads one part.
     *
     * @throws Refusal when it cannot be read, and the plan makes no sense without it
     */
    public void read(SetupPart part) throws InterruptedException {
        try {
            part.read(this).ifPresent(thing -> found.put(part.part(), thing));
        } catch (Refusal refusal) {
            if (!part.mayStayUnread() || !refusal.reason().isForbidden()) {
                throw refusal;
            }
            unreadable.put(part.part(), refusal.reason().sentence());
        }
    }

    /** What was found of the parts that were read so far. */
    public Map<Part, Object> found() {
        return Map.copyOf(found);
    }

    /** The parts that the administrator may not read, with what Microsoft said. */
    public Map<Part, String> unreadable() {
        return Map.copyOf(unreadable);
    }

    public Optional<Application> application() {
        return found(Part.APPLICATION, Application.class);
    }

    Optional<Guest> guest() {
        return found(Part.GUEST, Guest.class);
    }

    Optional<ServicePrincipal> servicePrincipal() {
        return found(Part.SERVICE_PRINCIPAL, ServicePrincipal.class);
    }

    private <T> Optional<T> found(Part part, Class<T> type) {
        return Optional.ofNullable(found.get(part)).map(type::cast);
    }

    Directory directory() {
        return directory;
    }

    Desired desired() {
        return desired;
    }

    Journal journal() {
        return journal;
    }

    Search search() {
        return search;
    }

    ServicePrincipal graph() {
        return graph;
    }
}
