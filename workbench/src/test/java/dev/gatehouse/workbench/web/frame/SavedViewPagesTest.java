package dev.gatehouse.workbench.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.people.SavedViews;
import dev.gatehouse.workbench.web.ScreenTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SavedViewPagesTest extends ScreenTest {

    private static final String MINE = "/alerts?assignee=me&severity=high";

    @BeforeEach
    void nobodyHasViews() {
        database.sql("delete from saved_view").update();
    }

    private UUID only() {
        return database.sql("select id from saved_view").query(UUID.class).single();
    }

    @Test
    void aSavedViewStandsInTheMenuOfEveryPage() {
        assertThat(textOf(open("/account/views"))).contains("No view is saved");

        assertThat(send("/account/views", Map.of("name", " Mine ", "address", MINE)))
                .hasRedirectedUrl(MINE);

        assertThat(textOf(open("/settings/security-devices"))).contains(">Mine</a>", "severity=high");
        assertThat(textOf(open("/account/views"))).contains("Mine", "Remove Mine");
    }

    @Test
    void aViewOfTheSameNameIsReplaced() {
        send("/account/views", Map.of("name", "Mine", "address", MINE));
        send("/account/views", Map.of("name", "Mine", "address", "/activity?assigned=me"));

        assertThat(textOf(open("/account/views")))
                .contains("/activity?assigned=me")
                .doesNotContain(">" + MINE);
    }

    @Test
    void aViewIsRemoved() {
        send("/account/views", Map.of("name", "Mine", "address", MINE));

        assertThat(send("/account/views/" + only() + "/remove", Map.of())).hasRedirectedUrl("/account/views");
        assertThat(textOf(open("/account/views"))).contains("No view is saved");
    }

    @Test
    void somebodyElseNeitherSeesNorRemovesIt() {
        send("/account/views", Map.of("name", "Mine", "address", MINE));

        assertThat(textOf(openAsAnalyst("/account/views"))).contains("No view is saved");
        assertThat(sendAsAnalyst("/account/views/" + only() + "/remove", Map.of()))
                .hasStatus(404);

        assertThat(textOf(open("/account/views"))).contains("Mine");
    }

    @Test
    void whatCannotBeKeptIsSaidAtItsField() {
        assertThat(textOf(send("/account/views", Map.of("name", " ", "address", MINE))))
                .contains("Enter a name", "aria-invalid=\"true\"", "assignee=me");
        assertThat(send("/account/views", Map.of("name", "x".repeat(61), "address", MINE)))
                .hasStatus(422)
                .bodyText()
                .contains("Shorten the name to 60 characters; it has 61.");
        for (var elsewhere : new String[] {"https://evil.example", "//evil.example", "/\\evil.example", ""}) {
            assertThat(send("/account/views", Map.of("name", "Mine", "address", elsewhere)))
                    .as(elsewhere)
                    .hasStatus(422)
                    .bodyText()
                    .contains("Enter the address of a page of Gatehouse");
        }
        assertThat(database.sql("select count(*) from saved_view")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void thereIsAnEndToHowManyOneAccountKeeps() {
        for (var each = 0; each < SavedViews.MOST; each++) {
            send("/account/views", Map.of("name", "View " + each, "address", MINE));
        }

        assertThat(send("/account/views", Map.of("name", "One more", "address", MINE)))
                .hasStatus(422)
                .bodyText()
                .contains("You have 50 views");
        assertThat(send("/account/views", Map.of("name", "View 7", "address", "/activity")))
                .hasRedirectedUrl("/activity");
    }
}
