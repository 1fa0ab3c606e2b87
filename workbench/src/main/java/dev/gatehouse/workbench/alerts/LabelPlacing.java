package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.context.LabelActions.Follows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which of the new alerts of a transaction go into which investigation. Each goes into the first that has room for it. */
final class LabelPlacing {

    private static final NewAlertPlace.Room GONE = new NewAlertPlace.Room(0, "is not there any more");

    private final Map<UUID, NewAlertPlace.Room> rooms;
    private final Map<UUID, List<UUID>> placed = new LinkedHashMap<>();

    LabelPlacing(Map<UUID, NewAlertPlace.Room> rooms) {
        this.rooms = new HashMap<>(rooms);
    }

    /**
     * Finds a place for an alert.
     *
     * @param wishes of the labels that it has
     * @return what is to be said about that; empty when no label wishes for anything
     */
    Optional<String> place(UUID alert, List<Follows> wishes) {
        var said = new ArrayList<String>();
        for (var wish : wishes) {
            var target = wish.action().investigation().orElseThrow();
            var room = rooms.getOrDefault(target.id(), GONE);
            if (room.free() > 0) {
                rooms.put(target.id(), new NewAlertPlace.Room(room.free() - 1, room.otherwise()));
                placed.computeIfAbsent(target.id(), _ -> new ArrayList<>()).add(alert);
                return Optional.of(LabelSentences.adds(wish, target.number()));
            }
            said.add(LabelSentences.cannotAdd(wish, target.number(), room.otherwise()));
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", said));
    }

    /** The alerts that go into each investigation. */
    Map<UUID, List<UUID>> placed() {
        return placed;
    }

    /** The investigations that any alert goes into. */
    List<UUID> filled() {
        return List.copyOf(placed.keySet());
    }
}
