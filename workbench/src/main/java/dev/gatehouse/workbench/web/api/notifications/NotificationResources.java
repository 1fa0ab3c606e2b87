package dev.gatehouse.workbench.web.api.notifications;

import static dev.gatehouse.workbench.web.api.resources.Attribute.bool;
import static dev.gatehouse.workbench.web.api.resources.Attribute.computed;
import static dev.gatehouse.workbench.web.api.resources.Attribute.integer;
import static dev.gatehouse.workbench.web.api.resources.Attribute.json;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Attribute.texts;
import static dev.gatehouse.workbench.web.api.resources.Attribute.time;
import static dev.gatehouse.workbench.web.api.resources.Relation.many;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;

import dev.gatehouse.workbench.notifications.Author;
import dev.gatehouse.workbench.notifications.Conditional;
import dev.gatehouse.workbench.notifications.Deliveries;
import dev.gatehouse.workbench.notifications.EventName;
import dev.gatehouse.workbench.notifications.Integration;
import dev.gatehouse.workbench.notifications.IntegrationDraft;
import dev.gatehouse.workbench.notifications.IntegrationType;
import dev.gatehouse.workbench.notifications.Integrations;
import dev.gatehouse.workbench.notifications.Mail;
import dev.gatehouse.workbench.notifications.NotificationChangedMeanwhile;
import dev.gatehouse.workbench.notifications.NotificationRules;
import dev.gatehouse.workbench.notifications.NotificationViews;
import dev.gatehouse.workbench.notifications.RuleDraft;
import dev.gatehouse.workbench.notifications.RuleDraft.TypedConditional;
import dev.gatehouse.workbench.notifications.WebhookAuth;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.platform.database.ReadView;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.resources.Actors;
import dev.gatehouse.workbench.web.api.resources.Change;
import dev.gatehouse.workbench.web.api.resources.Description;
import dev.gatehouse.workbench.web.api.resources.Key;
import dev.gatehouse.workbench.web.api.resources.Resource;
import dev.gatehouse.workbench.web.api.resources.Resource.Written;
import dev.gatehouse.workbench.web.api.resources.Row;
import dev.gatehouse.workbench.web.api.resources.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * {@code integrations} and {@code notification_rules}: where notifications go, with their histories; {@code
 * notification_events}: what was told; {@code rule_definitions}: what rules can hear of; {@code notification_preferences}: what
 * an organization can choose from.
 */
@Component
class NotificationResources implements Description {

    static final String INTEGRATIONS = "integrations";
    private static final String INTEGRATION_HISTORIES = "integration_histories";
    private static final String RULES = "notification_rules";
    private static final String RULE_HISTORIES = "notification_rule_histories";
    private static final String EVENTS = "notification_events";
    private static final String DEFINITIONS = "rule_definitions";
    private static final String PREFERENCES = "notification_preferences";

    private static final String TYPE = "integration_type";
    private static final String SERVICE_NAME = "service_name";
    private static final String META = "integration_meta";
    private static final String SECRET = "secret";
    private static final String NAME = "name";
    private static final String EVENT_NAMES = "event_names";
    private static final String OPERATOR = "condition_operator";
    private static final String CONDITIONALS = "conditionals";
    private static final String DESTINATIONS = "destinations";
    private static final String ENABLED = "is_enabled";
    private static final String ORGANIZATION = "organization";
    private static final String ORGANIZATION_ID = "organization_id";

    private final Integrations integrations;
    private final NotificationRules rules;
    private final Organizations organizations;
    private final Mail mail;

    NotificationResources(Integrations integrations, NotificationRules rules, Organizations organizations, Mail mail) {
        this.integrations = integrations;
        this.rules = rules;
        this.organizations = organizations;
        this.mail = mail;
    }

    @Override
    public List<Resource> resources() {
        return List.of(
                integrations(),
                histories(
                        INTEGRATION_HISTORIES,
                        NotificationViews.INTEGRATION_HISTORY,
                        "integration",
                        INTEGRATIONS,
                        List.of("CREATED", "UPDATED", "DELETED", "TESTED")),
                rules(),
                histories(
                        RULE_HISTORIES,
                        NotificationViews.RULE_HISTORY,
                        "notification_rule",
                        RULES,
                        List.of("CREATED", "UPDATED", "DELETED")),
                events(),
                definitions(),
                preferences());
    }

    private Resource integrations() {
        return Resource.of(INTEGRATIONS, NotificationViews.INTEGRATIONS)
                .says(
                        "What notifications can be brought to, see docs/notifications.md. integration_meta has url, and of a webhook"
                                + " auth_type and username, of which only url can be changed. secret is taken and never given back; when a"
                                + " webhook is added without one, it is made and stands in the answer to that request. Those without an"
                                + " organization are the provider's.")
                .has(
                        text(TYPE)
                                .of(Arrays.stream(IntegrationType.values())
                                        .map(IntegrationType::key)
                                        .toList())
                                .writable(),
                        text(SERVICE_NAME).from(NAME).writable(),
                        none("account", Type.TEXT),
                        json(META).from("meta").writable(),
                        computed(SECRET, Type.TEXT).writable(),
                        text("status").of(Integration.Status.values()),
                        time("last_tested_at").from("tested_at"),
                        text("test_result"),
                        time("created_at"),
                        time("updated_at"),
                        integer("revision").writable())
                .leadsTo(
                        one(ORGANIZATION, "organizations", ORGANIZATION_ID).given(),
                        many(INTEGRATION_HISTORIES, INTEGRATION_HISTORIES, "subject_id"),
                        one("created_by", Actors.TYPE, "created_by_id"),
                        one("updated_by", Actors.TYPE, "updated_by_id"))
                .sortedBy(SERVICE_NAME)
                .created(Right.MANAGE_NOTIFICATIONS, this::addIntegration)
                .changed(Right.MANAGE_NOTIFICATIONS, this::changeIntegration)
                .removed(Right.MANAGE_NOTIFICATIONS, this::removeIntegration)
                .build();
    }

    private Written addIntegration(Change change) {
        var added = inWordsOfTheApi(() -> integrations.add(
                change.scope(),
                organization(change),
                new IntegrationDraft(
                        change.required(TYPE),
                        change.text(SERVICE_NAME).orElse(""),
                        meta(change, "url").orElse(""),
                        meta(change, "auth_type").orElse(WebhookAuth.HMAC.name()),
                        meta(change, "username").orElse(""),
                        change.text(SECRET).orElse("")),
                change.actor()));
        return new Written(
                added.integration().id().toString(),
                added.made()
                        .<Map<String, Object>>map(made -> Map.of(SECRET, made.reveal()))
                        .orElse(Map.of()));
    }

    private Written changeIntegration(Change change) {
        var present = integrations
                .find(change.scope(), change.id())
                .orElseThrow(() -> Refusal.notFound("There is no such integration any more."));
        inWordsOfTheApi(() -> integrations.change(
                change.scope(),
                change.id(),
                change.revision(),
                new IntegrationDraft(
                        change.text(TYPE).orElse(""),
                        change.text(SERVICE_NAME).orElse(present.name()),
                        meta(change, "url").orElse(present.address().url()),
                        meta(change, "auth_type").orElse(""),
                        present.address().username(),
                        change.text(SECRET).orElse("")),
                change.actor()));
        return Written.of(change.id());
    }

    private static Optional<String> meta(Change change, String member) {
        var meta = change.attributes().get(META);
        if (meta == null || meta.isNull()) {
            return Optional.empty();
        }
        if (!meta.isObject()) {
            throw Refusal.at(Body.pointer(META), "integration_meta is an object with url, auth_type and username.");
        }
        return Optional.of(meta.path(member)).filter(JsonNode::isString).map(JsonNode::asString);
    }

    private Written removeIntegration(Change change) {
        inWordsOfTheApi(() -> {
            integrations.remove(change.scope(), change.id(), change.revision(), change.actor());
            return change.id();
        });
        return Written.of(change.id());
    }

    private static Resource histories(String type, ReadView view, String relation, String of, List<String> actions) {
        return Resource.of(type, view)
                .says(
                        "What was done to %s, an addition of Gatehouse. value has changes, a list of field, from and to; of a secret both are empty. It is written with the change itself, never changed, and stays when one is removed."
                                .formatted(of))
                .knownBy(Key.number("id"))
                .has(
                        text("action").of(actions),
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

    private Resource rules() {
        return Resource.of(RULES, NotificationViews.RULES)
                .says(
                        "Which events, of those in rule_definitions, are told to whom. conditionals is a list of objects such as {\"field\": \"severity\", \"operator\":"
                                + " \"is\", \"values\": [\"HIGH\"]}; destinations are texts such as integration:<id> and email:<address>."
                                + " Those without an organization are the provider's and hear of all organizations. Rules that people have"
                                + " for themselves are not here.")
                .has(
                        text(NAME).writable(),
                        texts(EVENT_NAMES).from("events").writable(),
                        text(OPERATOR)
                                .of(List.of("UNSPECIFIED", "ALL_OF", "ANY_OF"))
                                .writable(),
                        json(CONDITIONALS).writable(),
                        texts(DESTINATIONS).writable(),
                        bool(ENABLED).writable(),
                        time("created_at"),
                        time("updated_at"),
                        integer("revision").writable())
                .leadsTo(
                        one(ORGANIZATION, "organizations", ORGANIZATION_ID).given(),
                        many(RULE_HISTORIES, RULE_HISTORIES, "subject_id"),
                        one("created_by", Actors.TYPE, "created_by_id"),
                        one("updated_by", Actors.TYPE, "updated_by_id"))
                .sortedBy(NAME)
                .created(Right.MANAGE_NOTIFICATIONS, this::addRule)
                .changed(Right.MANAGE_NOTIFICATIONS, this::changeRule)
                .removed(Right.MANAGE_NOTIFICATIONS, this::removeRule)
                .build();
    }

    private Written addRule(Change change) {
        change.required(NAME);
        var nothing = new RuleDraft("", List.of(), Conditional.Together.ALL_OF.name(), List.of(), List.of(), true);
        return Written.of(inWordsOfTheApi(() -> rules.add(
                        change.scope(),
                        organization(change),
                        false,
                        draft(change, nothing),
                        Author.of(change.caller())))
                .id());
    }

    private Written changeRule(Change change) {
        var author = Author.of(change.caller());
        var present = rules.find(change.scope(), change.id(), author)
                .orElseThrow(() -> Refusal.notFound("There is no such rule any more."));
        inWordsOfTheApi(() -> rules.change(
                change.scope(), change.id(), change.revision(), draft(change, RuleDraft.of(present)), author));
        return Written.of(change.id());
    }

    private Written removeRule(Change change) {
        inWordsOfTheApi(() -> {
            rules.remove(change.scope(), change.id(), change.revision(), Author.of(change.caller()));
            return change.id();
        });
        return Written.of(change.id());
    }

    private static RuleDraft draft(Change change, RuleDraft before) {
        return new RuleDraft(
                change.has(NAME) ? change.text(NAME).orElse("") : before.name(),
                list(change, EVENT_NAMES).orElse(before.events()),
                // Nobody says: all of them, as on the pages.
                change.text(OPERATOR)
                        .map(word -> word.equals("UNSPECIFIED") ? Conditional.Together.ALL_OF.name() : word)
                        .orElse(before.together()),
                Optional.ofNullable(change.attributes().get(CONDITIONALS))
                        .map(NotificationResources::conditionals)
                        .orElse(before.conditionals()),
                list(change, DESTINATIONS).orElse(before.destinations()),
                change.bool(ENABLED).orElse(before.isEnabled()));
    }

    private static Optional<List<String>> list(Change change, String name) {
        return Optional.ofNullable(change.attributes().get(name)).map(value -> {
            if (!value.isNull() && (!value.isArray() || !value.valueStream().allMatch(JsonNode::isString))) {
                throw Refusal.at(Body.pointer(name), "%s is a list of texts.".formatted(name));
            }
            return value.valueStream().map(one -> one.asString("")).toList();
        });
    }

    private static List<TypedConditional> conditionals(JsonNode value) {
        var isList = value.isNull()
                || (value.isArray()
                        && value.valueStream()
                                .allMatch(one -> one.isObject()
                                        && one.path("values").isArray()
                                        && one.path("values").valueStream().allMatch(JsonNode::isString)));
        if (!isList) {
            throw Refusal.at(
                    Body.pointer(CONDITIONALS),
                    "conditionals is a list of objects with field, operator, and values, which are a list of texts.");
        }
        return value.valueStream()
                .map(one -> new TypedConditional(
                        one.path("field").asString(""),
                        one.path("operator").asString(""),
                        one.path("values")
                                .valueStream()
                                .map(each -> each.asString(""))
                                .toList()))
                .toList();
    }

    private static Optional<UUID> organization(Change change) {
        return change.relation(ORGANIZATION).flatMap(to -> to).map(UUID::fromString);
    }

    /** What is wrong is told at the attribute that a client has sent. */
    private static <T> T inWordsOfTheApi(Supplier<T> work) {
        try {
            return work.get();
        } catch (NotificationChangedMeanwhile e) {
            throw Refusal.body(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
        } catch (InvalidFields e) {
            throw e.renamed(NotificationResources::attribute);
        }
    }

    private static String attribute(String field) {
        return switch (field) {
            case "url", "auth_type", "username" -> META + "/" + field;
            default -> field;
        };
    }

    private static Resource events() {
        return Resource.of(EVENTS, NotificationViews.EVENTS)
                .says(
                        "What happened and was told to somebody, for 30 days. data is what webhooks get under that name; deliveries says"
                                + " whom it was told, and how each attempt ended.")
                .has(
                        text("event_name")
                                .of(Arrays.stream(EventName.values())
                                        .map(EventName::key)
                                        .toList()),
                        text("summary"),
                        json("data"),
                        json("deliveries"),
                        time("created_at").from("at"),
                        none("updated_at", Type.TIME))
                .leadsTo(one(ORGANIZATION, "organizations", ORGANIZATION_ID))
                .sortedBy("created_at")
                .build();
    }

    private static Resource definitions() {
        return Resource.of(DEFINITIONS, scope -> Arrays.stream(EventName.values())
                        .map(event -> new Row()
                                .with("id", event.key())
                                .with(NAME, event.title())
                                .with("model", event.about().key())
                                .with("is_usual", event.isUsual()))
                        .toList())
                .says(
                        "What notification rules can hear of; is_usual says whether the usual rules of an organization do.")
                .knownBy(Key.text("id"))
                .has(
                        text(NAME),
                        text("event_name").from("id"),
                        text("model"),
                        bool("is_usual"),
                        none("created_at", Type.TIME),
                        none("updated_at", Type.TIME))
                .build();
    }

    private Resource preferences() {
        return Resource.of(PREFERENCES, this::preferenceRows)
                .says("What the notifications of an organization can use, one for each organization.")
                .knownBy(Key.uuid("id"))
                .has(
                        bool("is_email_available"),
                        integer("keep_days"),
                        none("created_at", Type.TIME),
                        none("updated_at", Type.TIME))
                .leadsTo(one(ORGANIZATION, "organizations", "id"))
                .build();
    }

    private List<Row> preferenceRows(Scope scope) {
        return organizations.all(scope).stream()
                .map(organization -> new Row()
                        .with("id", organization.id().toString())
                        .with("is_email_available", mail.isThere())
                        .with("keep_days", Deliveries.KEPT.toDays()))
                .toList();
    }
}
