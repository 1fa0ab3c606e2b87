package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.alerts.NewAlertPlace;
import dev.gatehouse.workbench.context.LabelAction.Target;
import dev.gatehouse.workbench.context.LabelTargets;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts new alerts into the investigations that labels name. */
@Component
class LabelledAlerts implements NewAlertPlace, LabelTargets {

    private final JdbcClient database;
    private final Investigations investigations;
    private final InvestigationActions actions;
    private final ApplicationEventPublisher events;

    LabelledAlerts(
            JdbcClient database,
            Investigations investigations,
            InvestigationActions actions,
            ApplicationEventPublisher events) {
        this.database = database;
        this.investigations = investigations;
        this.actions = actions;
        this.events = events;
    }

    @Override
    public Optional<Target> find(UUID organization, String named) {
        var scope = Scope.of(organization);
        return id(named)
                .or(() -> investigations.numbered(scope, named))
                .flatMap(id -> investigations.find(scope, id))
                .map(found -> new Target(found.id(), found.shortLink()));
    }

    private static Optional<UUID> id(String named) {
        try {
            return Optional.of(UUID.fromString(named));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static final String HOLD = """
            select i.id, i.decision is null as is_open, i.alerts from investigation i
            where i.id = any (:ids) and i.organization_id = :organization
            order by i.id for update
            """;

    @Override
    public Map<UUID, Room> hold(UUID organization, Collection<UUID> ids) {
        var rooms = new HashMap<UUID, Room>();
        database.sql(HOLD)
                .param("ids", ids.toArray(UUID[]::new))
                .param("organization", organization)
                .query(row -> {
                    rooms.put(
                            row.getObject("id", UUID.class),
                            row.getBoolean("is_open")
                                    ? new Room(
                                            InvestigationActions.MOST_ALERTS - row.getInt("alerts"),
                                            "holds %d alerts, the most".formatted(InvestigationActions.MOST_ALERTS))
                                    : new Room(0, "is closed"));
                });
        return rooms;
    }

    @Override
    public void put(UUID organization, UUID investigation, List<UUID> alerts) {
        actions.add(Scope.of(organization), Actor.GATEHOUSE, investigation, alerts);
    }

    @Override
    public void done(Collection<UUID> changed) {
        events.publishEvent(new InvestigationsChanged(List.copyOf(changed)));
    }
}
