package dev.gatehouse.workbench.web.api.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever the descriptions say can be asked, can be asked; and whatever a client sends, the answer is JSON and never 500. */
class EveryResourceTest extends ResourceTest {

    private static final List<String> SIGNS = List.of("", "!", ">", "<", ">=", "<=", ":", "^", "~");
    private static final String NULL = "\u2400";

    private String token = "";
    private final List<String> wrong = new ArrayList<>();

    @BeforeEach
    void aCustomer() {
        var device = customer("Contoso", "Suspected DCSync attack", "Honeytoken was queried");
        token = socAdmin();
        var investigation = post(
                        token,
                        "investigations",
                        "{\"title\": \"Case\"}",
                        relation("lead_expel_alert", "expel_alerts", alert(device)))
                .id();
        post(token, "comments", "{\"comment\": \"Seen\"}", relation("investigation", "investigations", investigation));
    }

    private static String sample(Attribute attribute) {
        if (!attribute.choices().isEmpty()) {
            return attribute.choices().getFirst();
        }
        return switch (attribute.type()) {
            case TEXT, TEXTS, JSON -> "a'b%_\\";
            case INTEGER -> "7";
            case BOOLEAN -> "True";
            case TIME -> "2026-11-23T11:00:00";
        };
    }

    private void require(String address) {
        var answer = get(token, address);
        if (answer.status() != 200) {
            wrong.add("%s: %d %s".formatted(address, answer.status(), answer.body()));
        }
    }

    @Test
    void isListedSortedFilteredAndFollowed() {
        for (var resource : endpoints.resources().all()) {
            var path = resource.path();
            var types = EnumSet.noneOf(Type.class);
            require(path);
            require(with(path, "page[limit]", "0"));
            require(path + "?sort=%2Bcreated_at&sort=%2Bid");
            require(with(path, "sort", "-id"));
            require(with(path, "sort", "no_such_column"));
            for (var sign : SIGNS) {
                require(with(path, "filter[id]", sign + "7d9cdd4d-0000-4000-8000-000000000000"));
            }
            for (var attribute : resource.attributes()) {
                if (attribute.isFilter()) {
                    // Types are told apart once, and columns each time.
                    (types.add(attribute.type()) ? SIGNS : List.of("", "!"))
                            .forEach(sign ->
                                    require(with(path, "filter[" + attribute.name() + "]", sign + sample(attribute))));
                    require(with(
                            with(path, "sort", "-" + attribute.name()),
                            "filter[" + attribute.name() + "]",
                            NULL + "true"));
                    require(with(path, "filter[" + attribute.name() + "]", NULL + "false"));
                }
            }
            for (var relation : resource.relations()) {
                require(with(path, "include", relation.name()));
                if (relation.filtered().isEmpty()) {
                    continue;
                }
                require(with(path, "filter[" + relation.name() + "][id]", "7d9cdd4d-0000-4000-8000-000000000000"));
                require(with(path, "filter[" + relation.name() + "][id]", NULL + "true"));
                require(with(path, "filter[" + relation.name() + "]", "!7d9cdd4d-0000-4000-8000-000000000000"));
                endpoints.resources().named(relation.type()).attributes().stream()
                        .filter(Attribute::isFilter)
                        .findFirst()
                        .ifPresent(attribute -> require(with(
                                path, "filter[" + relation.name() + "][" + attribute.name() + "]", sample(attribute))));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void leadsFromEachToAllThatBelongsToIt() {
        var found = new TreeSet<String>();
        for (var resource : endpoints.resources().all()) {
            var answer = get(token, resource.path());
            answer.data().valueStream().limit(2).forEach(each -> {
                found.add(resource.type());
                require(each.path("links").path("self").asString());
                each.path("relationships").properties().forEach(relation -> {
                    require(relation.getValue().path("links").path("related").asString());
                    require(relation.getValue().path("links").path("self").asString());
                });
                assertThat(each.path("attributes").propertyNames())
                        .as(resource.type())
                        .containsAll(resource.attributes().stream()
                                .filter(Attribute::isShown)
                                .map(Attribute::name)
                                .toList());
            });
        }
        assertThat(wrong).isEmpty();
        assertThat(found)
                .contains(
                        "actors",
                        "api_keys",
                        "comments",
                        "detections",
                        "expel_alert_histories",
                        "expel_alerts",
                        "investigation_findings",
                        "investigation_histories",
                        "investigations",
                        "organizations",
                        "plugins",
                        "security_device_counts",
                        "security_device_histories",
                        "security_devices",
                        "user_accounts",
                        "vendor_alert_evidences",
                        "vendor_alerts",
                        "vendors");
    }

    @Test
    void everyRelationLeadsToATypeThatIsDescribed() {
        for (var description : endpoints.descriptions()) {
            for (var resource : description.resources()) {
                var kept = endpoints.resources().named(resource.type()).relations();
                assertThat(kept).as(resource.type()).containsExactlyElementsOf(resource.relations());
            }
        }
    }

    private static final List<String> BODIES = List.of(
            "",
            "{",
            "[]",
            "null",
            "\"text\"",
            "{}",
            "{\"data\": null}",
            "{\"data\": []}",
            "{\"data\": {\"type\": \"no_such_type\", \"attributes\": {}}}",
            "{\"data\": {\"attributes\": null}}",
            "{\"data\": {\"attributes\": []}}",
            "{\"data\": {\"attributes\": {}, \"relationships\": []}}",
            "{\"data\": {\"attributes\": {}, \"relationships\": {\"organization\": 1}}}",
            "{\"data\": {\"attributes\": {}, \"relationships\": {\"organization\": {\"data\": 1}}}}",
            "{\"data\": {\"attributes\": {}, \"relationships\": {\"organization\": {\"data\": {\"id\": \"x\"}}}}}",
            "{\"data\": {\"attributes\": {\"no_such\": 1}}}",
            "{\"data\": {\"attributes\": {\"name\": \"\\u0000\"}}}",
            "\u0000\u00ff");

    @Test
    void answersWhateverIsSentWithAnErrorInJson() {
        var account = post(
                        token,
                        "user_accounts",
                        "{\"email\": \"%s@example.com\", \"role\": \"auditor\"}".formatted(UUID.randomUUID()),
                        "{}")
                .id();
        for (var resource : endpoints.resources().all()) {
            var path = resource.path();
            // People stay for the tests that follow, which do not expect others to have other names.
            var one = resource.type().equals("user_accounts")
                    ? path + "/" + account
                    : get(token, with(path, "sort", "-created_at"))
                            .data()
                            .path(0)
                            .path("links")
                            .path("self")
                            .asString(path + "/nothing");
            for (var method : List.of("POST", "PATCH", "DELETE", "PUT")) {
                requireRefusal(method, path + "/%27--", "{}");
                requireRefusal(method, one + "/no_such_relation", "{}");
            }
            requireRefusal("PUT", one, "{}");
            requireRefusal("PATCH", path, "{}");
            requireRefusal("DELETE", path, "{}");
            BODIES.forEach(body -> requireRefusal("POST", path, body));
            if (resource.change().isPresent()) {
                BODIES.forEach(body -> requireRefusal("PATCH", one, body));
            }
            for (var attribute : resource.attributes()) {
                for (var value : List.of("1", "true", "\"x\"", "[1]", "{\"a\": 1}", "1e400", "null")) {
                    var body = "{\"data\": {\"attributes\": {\"%s\": %s}}}".formatted(attribute.name(), value);
                    if (resource.create().isPresent()) {
                        answered("POST", path, body);
                    }
                    if (resource.change().isPresent()) {
                        answered("PATCH", one, body);
                    }
                }
            }
            for (var query : List.of(
                    "filter[no_such]=1",
                    "filter[]=1",
                    "filter=1",
                    "filter[id][id][id][id][id]=1",
                    "include=no_such",
                    "page[limit]=x",
                    "page[offset]=-1",
                    "page[limit]=99999999999999",
                    "filter[created_at]=yesterday",
                    "filter[organization][no_such]=1",
                    "include=organization.no_such")) {
                requireRefusal("GET", path + "?" + query.replace("[", "%5B").replace("]", "%5D"), "");
            }
            answered("GET", path + "?page%5Boffset%5D=2147483647", "");
            answered("GET", path + "?filter%5Bid%5D=%00", "");
            answered("GET", path + "?sort=,,-&include=&fields%5Bx%5D=y", "");
        }
        assertThat(wrong).isEmpty();
    }

    private static final Set<Integer> REFUSALS = Set.of(400, 404, 405, 409, 413, 415, 422);

    private void requireRefusal(String method, String address, String body) {
        var answer = ask(token, method, address, body);
        if (!REFUSALS.contains(answer.status())
                || !answer.contentType().toLowerCase(Locale.ROOT).contains("json")
                || answer.detail().isBlank()) {
            wrong.add("%s %s %s: %d %s".formatted(method, address, body, answer.status(), answer.body()));
        }
    }

    private void answered(String method, String address, String body) {
        var answer = ask(token, method, address, body);
        if (answer.status() >= 500 || (answer.status() >= 400 && answer.detail().isBlank())) {
            wrong.add("%s %s %s: %d %s".formatted(method, address, body, answer.status(), answer.body()));
        }
    }
}
