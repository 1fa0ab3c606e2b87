package dev.gatehouse.workbench.web.api.investigations;

import static dev.gatehouse.workbench.web.api.investigations.InvestigationResources.INVESTIGATION;
import static dev.gatehouse.workbench.web.api.investigations.InvestigationResources.INVESTIGATIONS;
import static dev.gatehouse.workbench.web.api.resources.Attribute.integer;
import static dev.gatehouse.workbench.web.api.resources.Attribute.json;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Attribute.time;
import static dev.gatehouse.workbench.web.api.resources.Relation.many;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;
import static dev.gatehouse.workbench.web.api.resources.Relation.through;

import dev.gatehouse.workbench.files.FileName;
import dev.gatehouse.workbench.files.FileViews;
import dev.gatehouse.workbench.files.Files;
import dev.gatehouse.workbench.files.StoredFile;
import dev.gatehouse.workbench.investigations.Subject;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.resources.Actors;
import dev.gatehouse.workbench.web.api.resources.Change;
import dev.gatehouse.workbench.web.api.resources.Description;
import dev.gatehouse.workbench.web.api.resources.Resource;
import dev.gatehouse.workbench.web.api.resources.Resource.Written;
import dev.gatehouse.workbench.web.api.resources.Type;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code files} of investigations and of their actions. {@link FileApi} takes and gives their bytes. */
@Component
class FileResources implements Description {

    static final String TYPE = "files";
    private static final String ACTIONS = "investigative_actions";
    private static final String NAME = "filename";
    private static final String KIND = "expel_file_type";
    private static final String META = "file_meta";

    private final Files files;

    FileResources(Files files) {
        this.files = files;
    }

    @Override
    public List<Resource> resources() {
        return List.of(files(), CaseFileResources.histories("file_histories", Subject.FILE, "file", TYPE));
    }

    private Resource files() {
        return Resource.of(TYPE, FileViews.FILES)
                .says(
                        "Files of investigations and of their actions. One is made first, then uploaded, once; uploaded_at is null until"
                                + " it is there as a whole.")
                .has(
                        text(NAME).writable(),
                        json(META).from("meta").writable(),
                        text(KIND).from("file_type").writable(),
                        text("content_type"),
                        integer("size").from("bytes"),
                        text("sha256"),
                        time("uploaded_at"),
                        time("created_at"),
                        time("updated_at"),
                        none("deleted_at", Type.TIME),
                        integer("revision").writable())
                .leadsTo(
                        one(INVESTIGATION, INVESTIGATIONS, "investigation_id").given(),
                        through(
                                        INVESTIGATIONS,
                                        INVESTIGATIONS,
                                        FileViews.OF_INVESTIGATIONS,
                                        List.of("file_id"),
                                        List.of("investigation_id"))
                                .given(),
                        through(ACTIONS, ACTIONS, FileViews.OF_ACTIONS, List.of("file_id"), List.of("action_id"))
                                .given(),
                        // Follows from what it belongs to; known clients name it all the same.
                        one("organization", "organizations", "organization_id").given(),
                        one("created_by", Actors.TYPE, "created_by_id"),
                        one("updated_by", Actors.TYPE, "updated_by_id"),
                        many("file_histories", "file_histories", "subject_id"))
                .sortedBy("created_at")
                .created(Right.WORK_ALERTS, this::add)
                .changed(Right.WORK_ALERTS, this::change)
                .removed(Right.WORK_ALERTS, change -> {
                    files.remove(change.scope(), change.actor(), change.id(), change.revision());
                    return Written.of(change.id());
                })
                .build();
    }

    private Written add(Change change) {
        var investigation = named(change, INVESTIGATION).or(() -> named(change, INVESTIGATIONS));
        var action = named(change, ACTIONS);
        if (investigation.isPresent() == action.isPresent()) {
            throw Refusal.at(
                    "/data/relationships",
                    "A file belongs to an investigation or to an action: give one of the relationships %s and %s."
                            .formatted(INVESTIGATION, ACTIONS));
        }
        change.required(NAME);
        return Written.of(
                files.add(change.scope(), change.actor(), new StoredFile.Owner(investigation, action), said(change)));
    }

    private static Optional<UUID> named(Change change, String relation) {
        return change.relation(relation).flatMap(to -> to).map(UUID::fromString);
    }

    private Written change(Change change) {
        files.change(change.scope(), change.actor(), change.id(), change.revision(), said(change));
        return Written.of(change.id());
    }

    private static StoredFile.What said(Change change) {
        return new StoredFile.What(new FileName(change.becomes(NAME)), change.becomes(KIND, "file_type"), meta(change));
    }

    private static JsonNode meta(Change change) {
        if (change.has(META)) {
            var given = change.attributes().get(META);
            return given == null || given.isNull() ? JsonNodeFactory.instance.objectNode() : given;
        }
        return change.present()
                .flatMap(row -> row.get("meta"))
                .filter(JsonNode.class::isInstance)
                .map(JsonNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }
}
