package dev.gatehouse.workbench.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.collect.FeedFailed;
import dev.gatehouse.workbench.collect.PageStored;
import dev.gatehouse.workbench.processes.ProcessMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class BroadcastTest {

    private static final TenantId TENANT = new TenantId(new UUID(0, 1));

    private final List<Set<Topic>> toldElsewhere = new ArrayList<>();
    private final Broadcast broadcast = new Broadcast(Runnable::run, toldElsewhere::add);
    private final News news = new News(broadcast);
    private final MockMvc mvc =
            MockMvcBuilders.standaloneSetup(new LiveStream(broadcast)).build();

    @Test
    void tellsEachTopicOnceHoweverOftenItChanged() throws Exception {
        var page = listen();

        broadcast.changed(Topic.VENDOR_ALERTS);
        broadcast.changed(Topic.DEVICES);
        broadcast.changed(Topic.VENDOR_ALERTS);
        broadcast.beat();

        assertThat(events(page)).containsExactly("event:vendor-alerts", "event:devices");
    }

    @Test
    void tellsTheOtherProcessesWhatChangedHereAndNotWhatTheyTold() throws Exception {
        var page = listen();

        broadcast.changed(Topic.VENDOR_ALERTS);
        broadcast.hear(new ProcessMessages.Heard("live", "devices,something-new"));
        broadcast.beat();
        broadcast.beat();

        assertThat(events(page)).containsExactly("event:vendor-alerts", "event:devices");
        assertThat(toldElsewhere).containsExactly(Set.of(Topic.VENDOR_ALERTS));
    }

    @Test
    void saysNothingWhenNothingHasChanged() throws Exception {
        var page = listen();

        broadcast.changed(Topic.VENDOR_ALERTS);
        broadcast.beat();
        broadcast.beat();

        assertThat(events(page)).containsExactly("event:vendor-alerts");
    }

    @Test
    void givesASignOfLifeEveryFifteenBeats() throws Exception {
        var page = listen();
        var before = page.getContentAsString();

        for (var beat = 1; beat < 15; beat++) {
            broadcast.beat();
        }
        assertThat(page.getContentAsString()).isEqualTo(before);

        broadcast.beat();
        assertThat(page.getContentAsString())
                .hasSizeGreaterThan(before.length())
                .endsWith("event:beat\ndata:still here\n\n");
    }

    @Test
    void tellsAPageWhatChangedBetweenItsMakingAndItsListening() throws Exception {
        broadcast.changed(Topic.ALERTS);
        broadcast.beat();
        var made = broadcast.position().text();
        broadcast.changed(Topic.DEVICES);
        broadcast.beat();
        broadcast.changed(Topic.SET_UPS);

        var page = listenSince(made);
        assertThat(events(page)).containsExactly("event:devices");

        broadcast.beat();
        assertThat(events(page)).containsExactly("event:devices", "event:set-ups");
    }

    @Test
    void goesOnWhereAPageHeardLastThatWasCutOff() throws Exception {
        var made = broadcast.position().text();
        var page = listenSince(made);
        broadcast.changed(Topic.DEVICES);
        broadcast.changed(Topic.ALERTS);
        broadcast.beat();
        var ids = page.getContentAsString()
                .lines()
                .filter(line -> line.startsWith("id:"))
                .toList();
        broadcast.changed(Topic.SET_UPS);
        broadcast.beat();

        // One for the opening and one with the last of the two topics.
        assertThat(ids).hasSize(2);
        var again = mvc.perform(get("/live")
                        .param("since", made)
                        .header("Last-Event-ID", ids.getLast().substring("id:".length())))
                .andReturn()
                .getResponse();
        assertThat(events(again)).containsExactly("event:set-ups");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0f0f0f0f-7", "7", "", "-", "half-done"})
    void tellsAPageOfAnotherProcessThatEverythingMayHaveChanged(String since) throws Exception {
        assertThat(events(listenSince(since))).hasSameSizeAs(Topic.values());
    }

    @Test
    void neverSendsDataBeyondTheTopicsName() throws Exception {
        var page = listen();

        news.on(new PageStored(TENANT, Feed.ALERTS, 1, 0));
        broadcast.beat();

        assertThat(page.getContentAsString()).contains("event:vendor-alerts\ndata:changed\n\n");
    }

    @Test
    void tellsOfAlertsOnlyWhenAPageBroughtSomethingNew() throws Exception {
        var page = listen();

        news.on(new PageStored(TENANT, Feed.ALERTS, 0, 0));
        broadcast.beat();
        news.on(new PageStored(TENANT, Feed.INCIDENTS, 0, 1));
        broadcast.beat();

        assertThat(events(page)).containsExactly("event:devices", "event:vendor-incidents", "event:devices");
    }

    @Test
    void tellsOfDevicesWhenAFeedFails() throws Exception {
        var page = listen();

        news.on(new FeedFailed(
                TENANT, Feed.ALERTS, Diagnosis.of(Trouble.BAD_SECRET, "It is wrong.", "Paste it again.")));
        broadcast.beat();

        assertThat(events(page)).containsExactly("event:devices");
    }

    @Test
    void endsTheOldestStreamOfASessionThatOpensTooMany() throws Exception {
        var session = new MockHttpSession();
        var pages = new ArrayList<MockHttpServletResponse>();
        for (var page = 0; page <= Broadcast.MOST_PAGES_OF_SESSION; page++) {
            pages.add(mvc.perform(get("/live").session(session)).andReturn().getResponse());
        }
        var other = listen();

        broadcast.changed(Topic.VENDOR_ALERTS);
        broadcast.beat();

        assertThat(events(pages.getFirst())).isEmpty();
        assertThat(pages.subList(1, pages.size()))
                .allSatisfy(page -> assertThat(events(page)).containsExactly("event:vendor-alerts"));
        assertThat(events(other)).containsExactly("event:vendor-alerts");
        assertThat(broadcast.pages()).isEqualTo(Broadcast.MOST_PAGES_OF_SESSION + 1);
    }

    @Test
    void turnsFurtherPagesAwayWhenThereAreTooMany() throws Exception {
        for (var page = 0; page < Broadcast.MOST_PAGES; page++) {
            assertThat(broadcast.open("session " + page, Optional.empty())).isPresent();
        }

        assertThat(listen().getStatus()).isEqualTo(503);
        assertThat(broadcast.pages()).isEqualTo(Broadcast.MOST_PAGES);
    }

    private MockHttpServletResponse listenSince(String position) throws Exception {
        return mvc.perform(get("/live").param("since", position)).andReturn().getResponse();
    }

    private MockHttpServletResponse listen() throws Exception {
        return mvc.perform(get("/live")).andReturn().getResponse();
    }

    private static String[] events(MockHttpServletResponse page) throws Exception {
        return page.getContentAsString()
                .lines()
                .filter(line -> line.startsWith("event:") && !line.equals("event:beat"))
                .toArray(String[]::new);
    }
}
