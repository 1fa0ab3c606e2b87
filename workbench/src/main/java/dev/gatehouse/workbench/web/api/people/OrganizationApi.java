package dev.gatehouse.workbench.web.api.people;

import dev.gatehouse.workbench.people.ApiToken;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.dialect.Terms;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code organizations}: the customers. Whoever belongs to one sees that one. */
@RestController
@RequestMapping(OrganizationApi.PATH)
class OrganizationApi {

    static final String TYPE = "organizations";
    static final String PATH = "/api/v2/" + TYPE;

    private final Organizations organizations;

    OrganizationApi(Organizations organizations) {
        this.organizations = organizations;
    }

    @GetMapping
    ResponseEntity<JsonNode> list(@AuthenticationPrincipal ApiToken who, HttpServletRequest request) {
        var query = Query.of(request);
        query.allowFilters(Set.of("name", "short_name"));
        var page = query.page();
        var names = new Terms(query.filter("name"));
        var shortNames = new Terms(query.filter("short_name"));
        var all = organizations.all(who.scope()).stream()
                .filter(one -> names.test(one.name()) && shortNames.test(one.shortName()))
                .toList();
        return Documents.ok(Documents.of(all, page, query, OrganizationApi::resource));
    }

    @GetMapping("/{id}")
    ResponseEntity<JsonNode> get(@PathVariable String id, @AuthenticationPrincipal ApiToken who) {
        return Documents.ok(Documents.of(resource(organization(who, id))));
    }

    @PostMapping
    ResponseEntity<JsonNode> create(HttpServletRequest request) {
        var body = Body.read(request, TYPE);
        var added = organizations.add(new OrganizationDraft(
                body.required("name"),
                body.text("short_name").orElse(""),
                body.text("guid").orElse(""),
                body.text("region").orElse(""),
                body.text("notes").orElse("")));
        return ResponseEntity.created(URI.create(PATH + "/" + added.id()))
                .contentType(Documents.MEDIA_TYPE)
                .body(Documents.of(resource(added)));
    }

    @PatchMapping("/{id}")
    ResponseEntity<JsonNode> change(
            @PathVariable String id, @AuthenticationPrincipal ApiToken who, HttpServletRequest request) {
        var body = Body.read(request, TYPE);
        var present = organization(who, id);
        var changed = organizations.change(
                present.id(),
                new OrganizationDraft(
                        body.text("name").orElse(present.name()),
                        body.text("short_name").orElse(present.shortName()),
                        body.text("guid").orElse(present.guid().value()),
                        body.text("region").orElse(present.region()),
                        body.text("notes").orElse(present.notes())));
        return Documents.ok(Documents.of(resource(changed)));
    }

    private Organization organization(ApiToken who, String id) {
        try {
            return organizations.find(who.scope(), UUID.fromString(id)).orElseThrow(() -> noSuchOrganization(id));
        } catch (IllegalArgumentException notAnId) {
            throw noSuchOrganization(id);
        }
    }

    private static Refusal noSuchOrganization(String id) {
        return Refusal.notFound("There is no organization with the id %s.".formatted(id));
    }

    private static ObjectNode resource(Organization organization) {
        var resource = Documents.resource(TYPE, organization.id().toString());
        Documents.attributes(resource)
                .put("name", organization.name())
                .put("short_name", organization.shortName())
                .put("guid", organization.guid().value())
                .put("region", organization.region())
                .put("notes", organization.notes())
                .put("created_at", Documents.time(organization.createdAt()))
                .put("updated_at", Documents.time(organization.updatedAt()));
        return resource;
    }

    /** Says in a resource where somebody belongs; null for the provider. */
    static void name(ObjectNode resource, Membership membership, Organizations organizations) {
        var organization = membership.organization().flatMap(id -> organizations.find(Scope.everything(), id));
        Documents.attributes(resource)
                .put(
                        "organization_id",
                        organization.map(Organization::id).map(UUID::toString).orElse(null))
                .put("organization", organization.map(Organization::shortName).orElse(null));
    }
}
