package dev.gatehouse.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Guest;
import dev.gatehouse.setup.directory.PretendGraph;
import dev.gatehouse.setup.journal.Journal.Effect;
import dev.gatehouse.setup.parts.AmbiguousApplication;
import dev.gatehouse.setup.parts.Search;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

    private static final String EXPEL = "1cde81fd-b430-4035-b24d-709921922876";

    private final TenantStage stage = new TenantStage();

    /** Where a contact has the address, the guest who was invited by it has no mail. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'mail':'a123bc45-aa12-123b@soc.expel.io'",
                "'mail':null,'otherMails':['A123bc45-aa12-123b@soc.expel.io']",
                "'mail':null,'proxyAddresses':['SMTP:a123bc45-aa12-123b@soc.expel.io']",
                "'mail':null,'userPrincipalName':'a123bc45-aa12-123b_soc.expel.io#EXT#@contoso.onmicrosoft.com'"
            })
    void theGuestIsFoundByEveryPropertyThatCanCarryItsAddressAndIsNotInvitedAgain(String properties) throws Exception {
        stage.graph.users.add(PretendGraph.object(
                "{'id':'guest','displayName':'Expel SOC','userType':'Guest','accountEnabled':true,%s}"
                        .formatted(properties)));

        assertThat(stage.plan().step(Part.GUEST).action()).isEqualTo(Action.KEEP);
        assertThat(stage.apply().isComplete()).isTrue();

        assertThat(stage.graph.ordersOf("POST", "/invitations")).isZero();
        assertThat(stage.graph.assignments.getFirst().path("principalId").asString())
                .isEqualTo("guest");
    }

    @Test
    void theGuestIsFoundByItsIdInTheJournalWhateverBecameOfItsAddress() throws Exception {
        stage.graph.users.add(
                PretendGraph.object(
                        "{'id':'guest','displayName':'Expel SOC','userType':'Guest','accountEnabled':true,'mail':'soc@elsewhere.example'}"));
        stage.note(stage.entry(Part.GUEST, TenantStage.GUEST, "guest", Effect.CREATED));

        assertThat(search().guest(stage.journal()).map(Guest::id)).contains("guest");
    }

    @Test
    void aMemberWhoHasTheAddressBesideTheirOwnIsSomebodyElse() throws Exception {
        stage.graph.users.add(
                PretendGraph.object("{'id':'ada','mail':'ada@contoso.example','userType':'Member','otherMails':['%s']}"
                        .formatted(TenantStage.GUEST)));

        assertThat(search().guest(stage.journal())).isEmpty();
    }

    @Test
    void theAppRegistrationIsFoundByItsIdInTheJournal() throws Exception {
        register("renamed", "{'displayName':'Something','tags':[]}");
        register("namesake", "{'displayName':'Expel Defender for Identity','tags':[]}");
        stage.journal(stage.journal().using("renamed"));

        assertThat(search().application(stage.journal()).map(Application::id)).contains("renamed");
    }

    @Test
    void withoutAJournalTheProvidersTagFindsItAfterItWasRenamed() throws Exception {
        register(
                "renamed",
                "{'displayName':'Something','tags':['MadeByGatehouse','MadeByGatehouseFor:%s']}".formatted(EXPEL));
        register("namesake", "{'displayName':'Expel Defender for Identity','tags':[]}");
        register("other", "{'displayName':'Another provider','tags':['MadeByGatehouse','MadeByGatehouseFor:other']}");

        assertThat(search().application(stage.journal()).map(Application::id)).contains("renamed");
    }

    @Test
    void ofSeveralWithTheNameTheOneWithOurTagIsMeantAndOfOthersAPersonSays() throws Exception {
        register("theirs", "{'displayName':'Expel Defender for Identity','tags':[]}");
        register("ours", "{'displayName':'Expel Defender for Identity','tags':['MadeByGatehouse']}");
        assertThat(search().application(stage.journal()).map(Application::id)).contains("ours");

        stage.graph.applications.getLast().withArray("tags").removeAll();
        assertThatThrownBy(() -> search().application(stage.journal())).isInstanceOf(AmbiguousApplication.class);
    }

    @Test
    void aRoleAssignmentIsFoundByItsIdOnlyWhenItIsThatRoleOfThatGuestForTheWholeDirectory() throws Exception {
        var reader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
        assign("narrow", reader, "/administrativeUnits/1");
        assign("whole", reader, "/");
        stage.note(stage.entry(Part.ROLE, "Global Reader", "narrow", Effect.CREATED));
        assertThat(search().role(stage.journal(), "guest")).contains("whole");

        stage.graph.assignments.removeLast();
        assertThat(search().role(stage.journal(), "guest")).isEmpty();
    }

    @Test
    void aServicePrincipalOfTheJournalCountsOnlyWhenItIsThatApplications() throws Exception {
        register("app", "{'displayName':'Expel Defender for Identity','appId':'one','tags':[]}");
        stage.graph.principals.add(PretendGraph.object("{'id':'another','appId':'two'}"));
        stage.note(stage.entry(Part.SERVICE_PRINCIPAL, "Expel Defender for Identity", "another", Effect.CREATED));
        var app = search().application(stage.journal()).orElseThrow();

        assertThat(search().principal(stage.journal(), app)).isEmpty();
    }

    private void register(String id, String fields) {
        stage.graph.applications.add(PretendGraph.object(fields).put("id", id));
    }

    private void assign(String id, String role, String scope) {
        stage.graph.assignments.add(
                PretendGraph.object("{'id':'%s','principalId':'guest','roleDefinitionId':'%s','directoryScopeId':'%s'}"
                        .formatted(id, role, scope)));
    }

    private Search search() {
        return new Search(stage.directory(), stage.desired());
    }
}
