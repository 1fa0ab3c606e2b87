package dev.gatehouse.workbench.web.api.people;

import dev.gatehouse.workbench.people.Administrator;
import dev.gatehouse.workbench.people.ApiToken;
import dev.gatehouse.workbench.people.ApiTokens;
import dev.gatehouse.workbench.people.ListedToken;
import dev.gatehouse.workbench.people.MembershipDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.TokenDraft;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.dialect.Terms;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code api_keys}: tokens that programs come with. The token itself stands only in the answer that it was made for. */
@RestController
@RequestMapping(ApiKeyApi.PATH)
class ApiKeyApi {

    static final String TYPE = "api_keys";
    static final String PATH = "/api/v2/" + TYPE;

    private final ApiTokens tokens;
    private final Organizations organizations;
    private final InstantSource clock;

    ApiKeyApi(ApiTokens tokens, Organizations organizations, InstantSource clock) {
        this.tokens = tokens;
        this.organizations = organizations;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<JsonNode> list(@AuthenticationPrincipal ApiToken who, HttpServletRequest request) {
        var query = Query.of(request);
        query.allowFilters(Set.of("name", "state"));
        var page = query.page();
        var names = new Terms(query.filter("name"));
        var states = new Terms(query.filter("state"));
        var all = tokens.all(who.scope()).stream()
                .filter(listed -> names.test(listed.token().name()) && states.test(state(listed)))
                .toList();
        return Documents.ok(Documents.of(all, page, query, this::resource));
    }

    @GetMapping("/{id}")
    ResponseEntity<JsonNode> get(@PathVariable String id, @AuthenticationPrincipal ApiToken who) {
        return Documents.ok(Documents.of(resource(token(who, id))));
    }

    @PostMapping
    ResponseEntity<JsonNode> create(@AuthenticationPrincipal ApiToken who, HttpServletRequest request) {
        var body = Body.read(request, TYPE);
        var draft = new TokenDraft(
                body.required("name"),
                new MembershipDraft(
                        body.required("role"), body.text("organization").orElse("")),
                body.text("expires_at").orElse(""));
        var drawn = tokens.draw();
        var added = tokens.add(Administrator.of(who), draft, drawn);
        var resource = resource(token(who, added.id().toString()));
        Documents.attributes(resource).put("token", drawn);
        return ResponseEntity.created(URI.create(PATH + "/" + added.id()))
                .contentType(Documents.MEDIA_TYPE)
                .body(Documents.of(resource));
    }

    @PostMapping("/{id}/revoke")
    ResponseEntity<JsonNode> revoke(@PathVariable String id, @AuthenticationPrincipal ApiToken who) {
        tokens.revoke(Administrator.of(who), token(who, id).token().id());
        return get(id, who);
    }

    private ListedToken token(ApiToken who, String id) {
        try {
            return tokens.find(who.scope(), UUID.fromString(id)).orElseThrow(() -> noSuchToken(id));
        } catch (IllegalArgumentException notAnId) {
            throw noSuchToken(id);
        }
    }

    private static Refusal noSuchToken(String id) {
        return Refusal.notFound("There is no token with the id %s.".formatted(id));
    }

    private String state(ListedToken listed) {
        return listed.state(clock.instant()).name().toLowerCase(Locale.ROOT);
    }

    private ObjectNode resource(ListedToken listed) {
        var token = listed.token();
        var resource = Documents.resource(TYPE, token.id().toString());
        Documents.attributes(resource)
                .put("name", token.name())
                .put("role", token.role().key())
                .put("state", state(listed))
                .put("created_at", Documents.time(listed.createdAt()))
                .put("last_used_at", Documents.time(listed.lastUsed()))
                .put("expires_at", Documents.time(listed.expires()))
                .put("revoked_at", Documents.time(listed.revoked()));
        OrganizationApi.name(resource, token.membership(), organizations);
        return resource;
    }
}
