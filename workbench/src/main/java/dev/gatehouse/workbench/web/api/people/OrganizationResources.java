package dev.gatehouse.workbench.web.api.people;

import static dev.gatehouse.workbench.web.api.resources.Attribute.always;
import static dev.gatehouse.workbench.web.api.resources.Attribute.bool;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Attribute.time;
import static dev.gatehouse.workbench.web.api.resources.Relation.many;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;
import static dev.gatehouse.workbench.web.api.resources.Relation.toNobody;
import static dev.gatehouse.workbench.web.api.resources.Relation.toNone;

import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.ApiTokens;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.resources.Actors;
import dev.gatehouse.workbench.web.api.resources.Change;
import dev.gatehouse.workbench.web.api.resources.Description;
import dev.gatehouse.workbench.web.api.resources.Resource;
import dev.gatehouse.workbench.web.api.resources.Resource.Written;
import dev.gatehouse.workbench.web.api.resources.Row;
import dev.gatehouse.workbench.web.api.resources.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** {@code organizations}: the customers, and {@code actors}: whoever acts. Whoever belongs to an organization sees its own. */
@Component
class OrganizationResources implements Description {

    private static final String ORGANIZATIONS = "organizations";
    private static final String STATUSES = "organization_statuses";
    private static final String ORGANIZATION = "organization_id";

    private final Organizations organizations;
    private final Accounts accounts;
    private final ApiTokens tokens;

    OrganizationResources(Organizations organizations, Accounts accounts, ApiTokens tokens) {
        this.organizations = organizations;
        this.accounts = accounts;
        this.tokens = tokens;
    }

    @Override
    public List<Resource> resources() {
        return List.of(organizations(), statuses(), actors());
    }

    private Resource organizations() {
        return Resource.of(ORGANIZATIONS, this::organizationRows)
                .says("The customers. Without short_name and guid, a new one gets its own.")
                .has(
                        text("name").writable(),
                        text("short_name").writable(),
                        text("guid").writable(),
                        text("region").writable(),
                        text("notes").writable(),
                        always("organization_type", Type.TEXT, "standard"),
                        none("industry", Type.TEXT),
                        none("hq_city", Type.TEXT),
                        none("hq_utc_offset", Type.TEXT),
                        none("address_1", Type.TEXT),
                        none("address_2", Type.TEXT),
                        none("city", Type.TEXT),
                        none("postal_code", Type.TEXT),
                        none("country_code", Type.TEXT),
                        none("service_start_at", Type.TIME),
                        none("service_renewal_at", Type.TIME),
                        none("service_end_at", Type.TIME),
                        none("users_count", Type.INTEGER),
                        none("nodes_count", Type.INTEGER),
                        none("is_surge", Type.BOOLEAN),
                        always("is_testing_organization", Type.BOOLEAN, false),
                        none("onboarding_preferences", Type.JSON),
                        time("created_at"),
                        time("updated_at"),
                        none("deleted_at", Type.TIME))
                .leadsTo(
                        one("actor", Actors.TYPE, "id"),
                        many("security_devices", "security_devices", ORGANIZATION),
                        many("expel_alerts", "expel_alerts", ORGANIZATION),
                        many("investigations", "investigations", ORGANIZATION),
                        many("vendor_alerts", "vendor_alerts", ORGANIZATION),
                        many("user_accounts", "user_accounts", ORGANIZATION),
                        many("api_keys", "api_keys", ORGANIZATION),
                        many("comments", "comments", ORGANIZATION),
                        many("assignables", Actors.TYPE, ORGANIZATION),
                        many("integrations", "integrations", ORGANIZATION),
                        many("notification_rules", "notification_rules", ORGANIZATION),
                        many("context_variables", "context_variables", ORGANIZATION),
                        many("context_labels", "context_labels", ORGANIZATION),
                        toNone("context_categories", "context_categories"),
                        toNone("configurations", "configurations"),
                        one("notification_preferences", "notification_preferences", "id"),
                        one("organization_status", STATUSES, "id"),
                        toNobody("saml_identity_provider", "saml_identity_providers"))
                .sortedBy("name")
                .created(Right.MANAGE_ORGANIZATIONS, this::add)
                .changed(Right.MANAGE_ORGANIZATIONS, this::change)
                .build();
    }

    private List<Row> organizationRows(Scope scope) {
        return organizations.all(scope).stream()
                .map(organization -> new Row()
                        .with("id", organization.id().toString())
                        .with("name", organization.name())
                        .with("short_name", organization.shortName())
                        .with("guid", organization.guid().value())
                        .with("region", organization.region())
                        .with("notes", organization.notes())
                        .with("created_at", organization.createdAt())
                        .with("updated_at", organization.updatedAt()))
                .toList();
    }

    private static OrganizationDraft draft(Change change) {
        return new OrganizationDraft(
                change.becomes("name"),
                change.becomes("short_name"),
                change.becomes("guid"),
                change.becomes("region"),
                change.becomes("notes"));
    }

    private Written add(Change change) {
        change.required("name");
        return Written.of(organizations.add(draft(change)).id());
    }

    private Written change(Change change) {
        return Written.of(organizations.change(change.id(), draft(change)).id());
    }

    private Resource statuses() {
        return Resource.of(STATUSES, this::organizationRows)
                .says("How people of an organization sign in. Nothing is restricted by organization.")
                .has(
                        always("enabled_login_types", Type.TEXTS, List.of("PASSWORD")),
                        always("restrictions", Type.TEXTS, List.of()),
                        time("created_at"),
                        time("updated_at"))
                .leadsTo(one("organization", ORGANIZATIONS, "id"))
                .sortedBy("created_at")
                .build();
    }

    private Resource actors() {
        return Resource.of(Actors.TYPE, this::actorRows)
                .says(
                        "Whoever acts: people, programs, organizations as such, and Gatehouse itself, whose id is all zeros.")
                .has(
                        text("actor_type").of(List.of("system", "user", "organization", "api", "service")),
                        text("display_name"),
                        bool("is_expel"),
                        none("created_at", Type.TIME),
                        none("updated_at", Type.TIME))
                .leadsTo(
                        one("organization", ORGANIZATIONS, ORGANIZATION),
                        one("user_account", "user_accounts", "user_account_id"),
                        toNobody("parent_actor", Actors.TYPE))
                .sortedBy("display_name")
                .build();
    }

    private List<Row> actorRows(Scope scope) {
        var rows = new ArrayList<Row>();
        rows.add(actor(Actor.GATEHOUSE, Map.of()).with("is_expel", true));
        for (var organization : organizations.all(scope)) {
            rows.add(actor(Actor.of(organization), Map.of(ORGANIZATION, organization.id()))
                    .with("is_expel", false));
        }
        for (var listed : accounts.all(scope)) {
            var account = listed.account();
            rows.add(actor(Actor.of(account), Map.of("user_account_id", account.id()))
                    .with(ORGANIZATION, account.membership().organization().map(UUID::toString))
                    .with("is_expel", account.membership().organization().isEmpty()));
        }
        for (var listed : tokens.all(scope)) {
            var token = listed.token();
            rows.add(actor(Actor.of(token), Map.of())
                    .with(ORGANIZATION, token.membership().organization().map(UUID::toString))
                    .with("is_expel", token.membership().organization().isEmpty()));
        }
        return rows;
    }

    private static Row actor(Actor actor, Map<String, UUID> leads) {
        var row = new Row()
                .with("id", Actors.id(actor).toString())
                .with("actor_type", actor.kind().key())
                .with("display_name", actor.name());
        leads.forEach((column, id) -> row.with(column, id.toString()));
        return row;
    }
}
