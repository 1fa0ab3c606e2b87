package dev.gatehouse.workbench.web.api.context;

import static dev.gatehouse.workbench.web.api.resources.Attribute.always;
import static dev.gatehouse.workbench.web.api.resources.Attribute.integer;
import static dev.gatehouse.workbench.web.api.resources.Attribute.json;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Attribute.texts;
import static dev.gatehouse.workbench.web.api.resources.Attribute.time;
import static dev.gatehouse.workbench.web.api.resources.Relation.many;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;
import static dev.gatehouse.workbench.web.api.resources.Relation.toNone;

import dev.gatehouse.workbench.context.ContextChangedMeanwhile;
import dev.gatehouse.workbench.context.ContextLabel;
import dev.gatehouse.workbench.context.ContextLabels;
import dev.gatehouse.workbench.context.ContextViews;
import dev.gatehouse.workbench.context.Entries;
import dev.gatehouse.workbench.context.Entry;
import dev.gatehouse.workbench.context.LabelAction;
import dev.gatehouse.workbench.context.LabelDraft;
import dev.gatehouse.workbench.context.LabelDraft.TypedAction;
import dev.gatehouse.workbench.context.NoteDraft;
import dev.gatehouse.workbench.context.Notes;
import dev.gatehouse.workbench.context.ValueKind;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.platform.database.ReadView;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.resources.Actors;
import dev.gatehouse.workbench.web.api.resources.Change;
import dev.gatehouse.workbench.web.api.resources.Description;
import dev.gatehouse.workbench.web.api.resources.Key;
import dev.gatehouse.workbench.web.api.resources.Resource;
import dev.gatehouse.workbench.web.api.resources.Resource.Written;
import dev.gatehouse.workbench.web.api.resources.Row;
import dev.gatehouse.workbench.web.api.resources.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * {@code context_labels}: what people say about their accounts, hosts and addresses, {@code context_label_actions}: what follows
 * from that for new alerts, {@code context_variables}: each of these,
 * {@code context_categories}: what they can be, and {@code
 * notes} about a name.
 */
@Component
class ContextResources implements Description {

    private static final String LABELS = "context_labels";
    private static final String VARIABLES = "context_variables";
    private static final String CATEGORIES = "context_categories";
    private static final String HISTORIES = "context_label_histories";
    private static final String ACTIONS = "context_label_actions";

    private static final String NOTES = "notes";
    private static final String NOTE_HISTORIES = "note_histories";

    private static final String ACTION_TYPE = "action_type";
    private static final String RULE_IDS = "rule_ids";
    private static final String SEVERITIES = "severities";
    private static final String LABEL = "context_label";
    private static final String INVESTIGATION = "investigation";

    private static final String TERM = "term";
    private static final String NOTE = "note";
    private static final String TITLE = "title";
    private static final String REASON = "description";
    private static final String DEFINITION = "definition";
    private static final String ENDS = "ends_at";
    private static final String ORGANIZATION = "organization";
    private static final String ORGANIZATION_ID = "organization_id";

    private final ContextLabels labels;
    private final Notes notes;

    ContextResources(ContextLabels labels, Notes notes) {
        this.labels = labels;
        this.notes = notes;
    }

    @Override
    public List<Resource> resources() {
        return List.of(
                labels(),
                actions(),
                variables(),
                categories(),
                histories(HISTORIES, ContextViews.LABEL_HISTORY, "context_label", LABELS),
                notes(),
                histories(NOTE_HISTORIES, ContextViews.NOTE_HISTORY, "note", NOTES));
    }

    private Resource labels() {
        return Resource.of(LABELS, ContextViews.LABELS)
                .says(
                        "What an organization's people say about their accounts, hosts and addresses, see docs/context.md. definition"
                                + " lists them by kind, e.g. {\"hostname\": [\"srv1\"], \"cidr_block\": [\"10.1.0.0/16\"]}.")
                .has(
                        text(TITLE).writable(),
                        text(REASON).from("reason").writable(),
                        json(DEFINITION).writable(),
                        time("starts_at").from("created_at"),
                        time(ENDS).writable(),
                        always("review_status", Type.TEXT, "APPROVED")
                                .of(List.of("APPROVED", "REVIEW_REQUESTED", "CHANGES_REQUESTED", "DECLINED")),
                        time("created_at"),
                        time("updated_at"),
                        integer("revision").writable())
                .leadsTo(
                        one(ORGANIZATION, "organizations", ORGANIZATION_ID).given(),
                        many(VARIABLES, VARIABLES, "label_id"),
                        many(HISTORIES, HISTORIES, "subject_id"),
                        one("created_by", Actors.TYPE, "created_by_id"),
                        one("updated_by", Actors.TYPE, "updated_by_id"),
                        many(ACTIONS, ACTIONS, "label_id"),
                        toNone("context_label_tags", "context_label_tags"))
                .sortedBy(TITLE)
                .created(Right.MANAGE_DETECTIONS, this::addLabel)
                .changed(Right.MANAGE_DETECTIONS, this::changeLabel)
                .removed(Right.MANAGE_DETECTIONS, change -> removed(change, labels))
                .build();
    }

    private static <D> Written added(Change change, Entries<?, ?, D> entries, D draft) {
        return Written.of(
                inWordsOfTheApi(() -> entries.add(change.scope(), organization(change), draft, change.actor()))
                        .id());
    }

    private static <E extends Entry<?>, D> Written changed(
            Change change, Entries<E, ?, D> entries, String what, Function<E, D> draft) {
        var present = entries.find(change.scope(), change.id())
                .orElseThrow(() -> Refusal.notFound("There is no such %s any more.".formatted(what)));
        inWordsOfTheApi(() ->
                entries.change(change.scope(), change.id(), change.revision(), draft.apply(present), change.actor()));
        return Written.of(change.id());
    }

    private static Written removed(Change change, Entries<?, ?, ?> entries) {
        inWordsOfTheApi(() -> {
            entries.remove(change.scope(), change.id(), change.revision(), change.actor());
            return change.id();
        });
        return Written.of(change.id());
    }

    private Written addLabel(Change change) {
        change.required(TITLE);
        return added(change, labels, draft(change, new LabelDraft("", "", Map.of(), "")));
    }

    private Written changeLabel(Change change) {
        return changed(
                change,
                labels,
                "label",
                present -> draft(change, present.terms().draft()));
    }

    private Resource actions() {
        return Resource.of(ACTIONS, ContextViews.ACTIONS)
                .says(
                        "What follows for new alerts whose evidence has a label, see docs/context.md: ALERT_ON keeps them open, ADD_TO puts"
                                + " them into the investigation, SUPPRESS closes them. rule_ids and severities say of which alerts; empty: of any. revision"
                                + " and history are the label's.")
                .has(
                        text(ACTION_TYPE).of(LabelAction.Type.values()).writable(),
                        texts(RULE_IDS).from("rules").writable(),
                        texts(SEVERITIES).writable(),
                        time("created_at"),
                        time("updated_at"),
                        integer("revision").writable())
                .leadsTo(
                        one(LABEL, LABELS, "label_id").given(),
                        one(INVESTIGATION, "investigations", "investigation_id").writable(),
                        one(ORGANIZATION, "organizations", ORGANIZATION_ID),
                        one("created_by", Actors.TYPE, "created_by_id"),
                        one("updated_by", Actors.TYPE, "updated_by_id"))
                .created(Right.MANAGE_DETECTIONS, this::addAction)
                .changed(Right.MANAGE_DETECTIONS, this::changeAction)
                .removed(Right.MANAGE_DETECTIONS, this::removeAction)
                .build();
    }

    private Written addAction(Change change) {
        change.required(ACTION_TYPE);
        var label = label(change.scope(), change.requiredRelation(LABEL));
        var changed = change(change, label, label.revision(), before -> {
            before.add(action(change, new TypedAction(Optional.empty(), "", "", List.of(), List.of())));
            return before;
        });
        return Written.of(changed.terms().actions().getLast().id());
    }

    private Written changeAction(Change change) {
        var label = label(change.scope(), UUID.fromString(change.row().text("label_id")));
        change(change, label, change.revision(), before -> {
            before.replaceAll(one -> isIt(change, one) ? action(change, one) : one);
            return before;
        });
        return Written.of(change.id());
    }

    private Written removeAction(Change change) {
        var label = label(change.scope(), UUID.fromString(change.row().text("label_id")));
        change(change, label, change.revision(), before -> {
            before.removeIf(one -> isIt(change, one));
            return before;
        });
        return Written.of(change.id());
    }

    private ContextLabel change(
            Change change, ContextLabel label, int revision, UnaryOperator<List<TypedAction>> actions) {
        var draft = label.terms().draft();
        return inWordsOfTheApi(() -> labels.change(
                change.scope(),
                label.id(),
                revision,
                draft.with(actions.apply(new ArrayList<>(draft.actions()))),
                change.actor()));
    }

    private static boolean isIt(Change change, TypedAction one) {
        return one.id().filter(change.id()::equals).isPresent();
    }

    private ContextLabel label(Scope scope, UUID id) {
        return labels.find(scope, id).orElseThrow(() -> Refusal.notFound("There is no such label any more."));
    }

    private static TypedAction action(Change change, TypedAction before) {
        return new TypedAction(
                before.id(),
                change.text(ACTION_TYPE).orElse(before.type()),
                change.relation(INVESTIGATION).map(to -> to.orElse("")).orElse(before.investigation()),
                list(change, RULE_IDS).orElse(before.rules()),
                list(change, SEVERITIES).orElse(before.severities()));
    }

    private static Optional<List<String>> list(Change change, String name) {
        return Optional.ofNullable(change.attributes().get(name)).map(value -> {
            if (!value.isNull() && (!value.isArray() || !value.valueStream().allMatch(JsonNode::isString))) {
                throw Refusal.at(Body.pointer(name), "%s is a list of texts.".formatted(name));
            }
            return value.valueStream().map(one -> one.asString("")).toList();
        });
    }

    private static LabelDraft draft(Change change, LabelDraft before) {
        return new LabelDraft(
                change.has(TITLE) ? change.text(TITLE).orElse("") : before.title(),
                change.has(REASON) ? change.text(REASON).orElse("") : before.reason(),
                Optional.ofNullable(change.attributes().get(DEFINITION))
                        .map(ContextResources::values)
                        .orElse(before.values()),
                before.actions(),
                ends(change, before.ends()));
    }

    /** A day alone is the last one. */
    private static String moment(String text) {
        return text.contains("T") ? Query.time(ENDS, text).toString() : text;
    }

    private static Map<ValueKind, List<String>> values(JsonNode definition) {
        var values = new EnumMap<ValueKind, List<String>>(ValueKind.class);
        for (var property : definition.properties()) {
            var kind = ValueKind.named(property.getKey());
            var list = property.getValue();
            if (kind.isEmpty() || !list.isArray() || !list.valueStream().allMatch(JsonNode::isString)) {
                throw Refusal.at(
                        Body.pointer(DEFINITION + "/" + property.getKey()),
                        "definition has lists of texts by their kind: %s.".formatted(String.join(", ", kinds())));
            }
            values.put(
                    kind.get(),
                    list.valueStream().map(value -> value.asString()).toList());
        }
        return values;
    }

    private static List<String> kinds() {
        return Arrays.stream(ValueKind.values()).map(ValueKind::key).toList();
    }

    /** What is wrong is told at the attribute that a client has sent. */
    private static <T> T inWordsOfTheApi(Supplier<T> work) {
        try {
            return work.get();
        } catch (ContextChangedMeanwhile e) {
            throw Refusal.body(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
        } catch (InvalidFields e) {
            throw e.renamed(ContextResources::attribute);
        }
    }

    private static String attribute(String field) {
        return switch (field) {
            case "reason" -> REASON;
            case "actions" -> ACTION_TYPE;
            default -> ValueKind.named(field).isPresent() ? DEFINITION + "/" + field : field;
        };
    }

    private static Resource variables() {
        return Resource.of(VARIABLES, ContextViews.VALUES)
                .says(
                        "Each account, host, address and block of addresses of each label, in lower case; name is the label's title."
                                + " They are changed with the label.")
                .knownBy(new Key(List.of(
                        new Key.Part("label_id", "uuid"), new Key.Part("kind", "text"), new Key.Part("value", "text"))))
                .has(
                        text("name").from("title"),
                        text("type").from("kind").of(kinds()),
                        text("value"),
                        time("created_at"),
                        time("updated_at"))
                .leadsTo(
                        one("context_label", LABELS, "label_id"),
                        one("context_category", CATEGORIES, "kind"),
                        one(ORGANIZATION, "organizations", ORGANIZATION_ID))
                .build();
    }

    private static Resource categories() {
        return Resource.of(CATEGORIES, scope -> Arrays.stream(ValueKind.values())
                        .map(kind -> new Row()
                                .with("id", kind.key())
                                .with("name", kind.title())
                                .with(REASON, kind.says()))
                        .toList())
                .says("What the values of labels can be.")
                .knownBy(Key.text("id"))
                .has(text("name"), text(REASON), none("created_at", Type.TIME), none("updated_at", Type.TIME))
                .leadsTo(many(VARIABLES, VARIABLES, "kind"))
                .build();
    }

    private static Resource histories(String type, ReadView view, String relation, String of) {
        return Resource.of(type, view)
                .says(
                        "What was done to %s. It is written with the change itself, never changed, and stays when one is removed."
                                .formatted(of))
                .knownBy(Key.number("id"))
                .has(
                        text("action").of(List.of("CREATED", "UPDATED", "DELETED")),
                        json("value"),
                        time("created_at").from("at"),
                        text("actor_name"),
                        integer("revision"))
                .leadsTo(
                        one(relation, of, "subject_id"),
                        one(ORGANIZATION, "organizations", ORGANIZATION_ID),
                        one("created_by", Actors.TYPE, "actor_id"))
                .sortedBy("created_at")
                .build();
    }

    private Resource notes() {
        return Resource.of(NOTES, ContextViews.NOTES)
                .says(
                        "What people want to be known about a name, shown at alerts that have it until it ends, see docs/context.md.")
                .has(
                        text(TERM).writable(),
                        text(NOTE).writable(),
                        time(ENDS).writable(),
                        time("created_at"),
                        time("updated_at"),
                        integer("revision").writable())
                .leadsTo(
                        one(ORGANIZATION, "organizations", ORGANIZATION_ID).given(),
                        many(NOTE_HISTORIES, NOTE_HISTORIES, "subject_id"),
                        one("created_by", Actors.TYPE, "created_by_id"),
                        one("updated_by", Actors.TYPE, "updated_by_id"))
                .sortedBy(TERM)
                .created(Right.WORK_ALERTS, this::addNote)
                .changed(Right.WORK_ALERTS, this::changeNote)
                .removed(Right.WORK_ALERTS, change -> removed(change, notes))
                .build();
    }

    private Written addNote(Change change) {
        change.required(TERM);
        return added(change, notes, draft(change, new NoteDraft("", "", "")));
    }

    private Written changeNote(Change change) {
        return changed(
                change, notes, "note", present -> draft(change, present.terms().draft()));
    }

    private static NoteDraft draft(Change change, NoteDraft before) {
        return new NoteDraft(
                change.has(TERM) ? change.text(TERM).orElse("") : before.term(),
                change.has(NOTE) ? change.text(NOTE).orElse("") : before.note(),
                ends(change, before.ends()));
    }

    private static String ends(Change change, String before) {
        return change.has(ENDS)
                ? change.text(ENDS).map(ContextResources::moment).orElse("")
                : before;
    }

    private static Optional<UUID> organization(Change change) {
        return change.relation(ORGANIZATION).flatMap(to -> to).map(UUID::fromString);
    }
}
