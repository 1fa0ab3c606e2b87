package dev.gatehouse.workbench.web.pages.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchQueryTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.4.7,ADDRESSES",
        "10.1.4,ADDRESSES",
        "fe80::1,ADDRESSES",
        "d41d8cd98f00b204e9800998ecf8427e,HASHES",
        "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709,HASHES",
        "ACME-12,CASES",
        "acme-12,CASES",
        "contoso\\jdoe,ACCOUNTS",
        "jdoe@contoso.com,ACCOUNTS",
        "S-1-5-21-1-2-3-500,ACCOUNTS",
        "28282,VENDOR_INCIDENTS",
        "5e9d2f2c-6a4b-4c5f-9a46-0d3f5a1b2c3d,DEVICES"
    })
    void takesATextForWhatItLooksLike(String typed, SearchTarget target) {
        var query = SearchQuery.of(typed);

        assertThat(query.guess()).contains(target);
        assertThat(query.targets()).hasSameSizeAs(SearchTarget.values()).first().isEqualTo(target);
        assertThat(query.hint()).isNotEmpty();
        assertThat(query.text()).isEqualTo(typed);
    }

    @Test
    void searchesEverythingForWhatCouldBeAnything() {
        var query = SearchQuery.of("  dc01 ");

        assertThat(query.guess()).isEmpty();
        assertThat(query.hint()).isEmpty();
        assertThat(query.text()).isEqualTo("dc01");
        assertThat(query.targets()).containsExactly(SearchTarget.values());
    }

    @Test
    void searchesForOneThingWhenAWordBeforeAColonSaysSo() {
        var query = SearchQuery.of("Host: dc01");

        assertThat(query.only()).contains(SearchTarget.HOSTS);
        assertThat(query.text()).isEqualTo("dc01");
        assertThat(query.targets()).containsExactly(SearchTarget.HOSTS);
    }

    @Test
    void aWordBeforeAColonThatMeansNothingIsPartOfTheText() {
        assertThat(SearchQuery.of("http://evil.example"))
                .isEqualTo(new SearchQuery(
                        "http://evil.example", "http://evil.example", Optional.empty(), Optional.empty()));
    }

    @Test
    void oneLetterIsNotEnough() {
        assertThat(SearchQuery.of("a").isLongEnough()).isFalse();
        assertThat(SearchQuery.of("host:a").isLongEnough()).isFalse();
        assertThat(SearchQuery.of("dc").isLongEnough()).isTrue();
    }

    @Test
    void everyKindOfNameIsShownUnderOneHeading() {
        for (var kind : dev.gatehouse.model.EntityKind.values()) {
            assertThat(SearchTarget.of(kind).kinds()).contains(kind);
        }
    }
}
