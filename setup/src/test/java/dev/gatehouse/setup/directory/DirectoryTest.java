package dev.gatehouse.setup.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DirectoryTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Each page links to the one that is named after it. */
    private static final class LinkedPages implements GraphCalls {

        private final List<String> names;
        private final List<String> asked = new ArrayList<>();

        LinkedPages(String... names) {
            this.names = List.of(names);
        }

        @Override
        public Answer call(String method, String target, Optional<JsonNode> body) {
            asked.add(target);
            var page = JSON.createObjectNode();
            page.putArray("value").addObject().put("roleTemplateId", "f2ef992c-3afb-46b9-b7cf-a126ee74c451");
            if (asked.size() <= names.size()) {
                page.put("@odata.nextLink", names.get(asked.size() - 1));
            }
            return new Answer.Came(200, page, Optional.empty(), Optional.empty());
        }

        @Override
        public String address(String path) {
            return "https://graph.microsoft.com/v1.0" + path;
        }
    }

    @Test
    void readsAListFromPageToPage() throws InterruptedException {
        assertThat(new Directory(new LinkedPages("a", "b")).myRoles()).hasSize(3);
    }

    @Test
    void refusesToReadAListWhosePagesLinkInACircle() {
        var graph = new LinkedPages("a", "b", "a", "b", "a");

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> new Directory(graph).myRoles())
                .withMessageContaining("have no end");
        assertThat(graph.asked).hasSize(3);
    }
}
