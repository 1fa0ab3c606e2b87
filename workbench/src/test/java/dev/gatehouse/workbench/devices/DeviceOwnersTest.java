package dev.gatehouse.workbench.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceImport.Order;
import dev.gatehouse.workbench.devices.DeviceImport.Result;
import dev.gatehouse.workbench.devices.DeviceOwners.Owner;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceOwnersTest {

    private static final Scope SOC = Scope.everything();

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final Organizations organizations = parts.get(Organizations.class);
    private final DeviceEditing editing = parts.get(DeviceEditing.class);
    private final DeviceImport imports = parts.get(DeviceImport.class);

    /** The first organization is as old as the database, by the clock of that. */
    DeviceOwnersTest() {
        parts.clock().advance(Duration.ofDays(36_500));
    }

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void nobodyHasToSayWhoseADirectoryIsWhileThereIsOneOrganization() {
        assertThat(added(WorkbenchParts.draft("Contoso")).organization().name()).isEqualTo("My Organization");
    }

    @Test
    void asksWhoseADirectoryIsOnceThereAreSeveral() {
        organization("Contoso");

        assertProblem(
                () -> added(WorkbenchParts.draft("Contoso")), DeviceField.ORGANIZATION, "Say whose directory this is");
    }

    @Test
    void takesAShortNameAGuidOrANameInAnyCase() {
        var contoso = organization("Contoso Ltd");

        for (var name : List.of(
                contoso.shortName().toLowerCase(Locale.ROOT),
                contoso.guid().value().toUpperCase(Locale.ROOT),
                "contoso ltd")) {
            assertThat(added(WorkbenchParts.draft("Contoso").with(DeviceField.ORGANIZATION, name))
                            .organization())
                    .isEqualTo(new DeviceOrganization(contoso.id(), "Contoso Ltd", contoso.shortName()));
        }
    }

    @Test
    void remembersWhoseADirectoryIsWhenItsDeviceWasRemoved() {
        var contoso = organization("Contoso");
        var draft = WorkbenchParts.draft("Contoso");
        editing.remove(
                added(draft.with(DeviceField.ORGANIZATION, contoso.shortName())).id(), "tester");

        assertThat(added(draft).organization().id()).isEqualTo(contoso.id());
    }

    @Test
    void namesTheFieldAndTheCureOfAnOrganizationThatNobodyKnows() {
        assertProblem(
                () -> added(WorkbenchParts.draft("Contoso").with(DeviceField.ORGANIZATION, "Nobody")),
                DeviceField.ORGANIZATION,
                "There is no organization 'Nobody'. Give the short name or the organization GUID");
    }

    @Test
    void refusesADirectoryOfAnotherOrganizationWithItsName() {
        var contoso = organization("Contoso");
        var fabrikam = organization("Fabrikam");
        var draft = WorkbenchParts.draft("Contoso");
        organizations.claim(directory(draft), contoso.id());

        assertProblem(
                () -> added(draft.with(DeviceField.ORGANIZATION, fabrikam.shortName())),
                DeviceField.ORGANIZATION,
                "belongs to the organization 'Contoso'");
    }

    @Test
    void doesNotTellPeopleOfOneOrganizationWhoseADirectoryIs() {
        var contoso = organization("Contoso");
        var fabrikam = Scope.of(organization("Fabrikam").id());
        var draft = WorkbenchParts.draft("Secret name");
        added(draft.with(DeviceField.ORGANIZATION, contoso.shortName()));

        assertThatThrownBy(() -> editing.add(fabrikam, draft, "eve"))
                .isInstanceOfSatisfying(InvalidDevice.class, invalid -> {
                    assertThat(invalid.isConnectedAlready()).isFalse();
                    assertThat(invalid.problems()).singleElement().satisfies(problem -> {
                        assertThat(problem.field()).isEqualTo("directory_id");
                        assertThat(problem.message())
                                .contains("cannot be connected by you")
                                .doesNotContain("Contoso", "Secret name");
                    });
                });
    }

    @Test
    void peopleOfOneOrganizationNameNoOtherAndTakeNoDirectoryOfTheFirstOne() {
        var contoso = organization("Contoso");
        var fabrikam = organization("Fabrikam");
        var ofTheFirst = WorkbenchParts.draft("First");
        organizations.claimNew(
                List.of(directory(ofTheFirst)), organizations.byDefault().id());
        var scope = Scope.of(fabrikam.id());

        assertThat(editing.add(scope, WorkbenchParts.draft("Mine"), "eve")
                        .organization()
                        .id())
                .isEqualTo(fabrikam.id());
        assertProblem(
                () -> editing.add(
                        scope,
                        WorkbenchParts.draft("Theirs").with(DeviceField.ORGANIZATION, contoso.shortName()),
                        "eve"),
                DeviceField.ORGANIZATION,
                "There is no organization");
        assertProblem(
                () -> editing.add(scope, ofTheFirst, "eve"), DeviceField.DIRECTORY_ID, "cannot be connected by you");
    }

    @Test
    void sayingWhoseADirectoryOfTheFirstOrganizationIsMovesItAndStandsInTheHistory() {
        var device = added(WorkbenchParts.draft("Contoso"));
        var contoso = organization("Contoso");

        var changed = editing.update(
                SOC, device.id(), DeviceDraft.of(device).with(DeviceField.ORGANIZATION, contoso.shortName()), "tester");

        assertThat(changed.organization().id()).isEqualTo(contoso.id());
        assertThat(parts.get(DeviceHistory.class)
                        .of(Scope.everything(), device.id())
                        .getFirst()
                        .detail())
                .isEqualTo("Organization changed from 'ORG' to '%s'".formatted(contoso.shortName()));
    }

    @Test
    void anImportMakesOrganizationsOnlyWhenAskedAndEachOnce() {
        var drafts = List.of(
                WorkbenchParts.draft("One").with(DeviceField.ORGANIZATION, "Contoso Ltd"),
                WorkbenchParts.draft("Two").with(DeviceField.ORGANIZATION, "contoso ltd"),
                WorkbenchParts.draft("Three").with(DeviceField.ORGANIZATION, "Fabrikam"));

        assertThat(imports.add(new Order(SOC, drafts, false), "tester")).hasOnlyElementsOfType(Result.Refused.class);
        assertThat(imports.check(new Order(SOC, drafts, true))).hasOnlyElementsOfType(Result.Ready.class);
        assertThat(organizations.all(SOC)).hasSize(1);

        assertThat(imports.add(new Order(SOC, drafts, true), "tester")).hasOnlyElementsOfType(Result.Added.class);
        assertThat(organizations.all(SOC))
                .extracting(Organization::name)
                .containsExactly("Contoso Ltd", "Fabrikam", "My Organization");
    }

    @Test
    void peopleOfOneOrganizationChangeNoDeviceOfAnother() {
        var contoso = organization("Contoso");
        var scope = Scope.of(organization("Fabrikam").id());
        var device = added(WorkbenchParts.draft("Contoso").with(DeviceField.ORGANIZATION, contoso.shortName()));

        assertThatThrownBy(() -> editing.update(scope, device.id(), DeviceDraft.of(device), "eve"))
                .isInstanceOf(NoSuchDevice.class);
    }

    @Test
    void aDirectoryThatHasBecomeAnothersMeanwhileIsNotTakenAway() {
        var directory = directory(WorkbenchParts.draft("Contoso"));
        organizations.claim(directory, organization("Contoso").id());

        var fabrikam = new Owner.Known(organization("Fabrikam").id());

        assertThat(parts.get(DeviceOwners.class).claim(Map.of(directory, fabrikam)))
                .containsExactly(directory);
        assertThat(organizations.of(directory)).map(Organization::name).contains("Contoso");
    }

    @Test
    void peopleOfOneOrganizationMakeNone() {
        var scope = Scope.of(organization("Fabrikam").id());
        var draft = WorkbenchParts.draft("One").with(DeviceField.ORGANIZATION, "Contoso Ltd");

        assertThat(imports.add(new Order(scope, List.of(draft), true), "eve"))
                .hasOnlyElementsOfType(Result.Refused.class);
        assertThat(organizations.all(SOC)).hasSize(2);
    }

    private SecurityDevice added(DeviceDraft draft) {
        return editing.add(SOC, draft, "tester");
    }

    private Organization organization(String name) {
        return organizations.add(OrganizationDraft.named(name));
    }

    private static TenantId directory(DeviceDraft draft) {
        return TenantId.parse(draft.text(DeviceField.DIRECTORY_ID));
    }

    private static void assertProblem(ThrowingCallable attempt, DeviceField field, String words) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(InvalidDevice.class, invalid -> assertThat(invalid.problems())
                        .filteredOn(FieldProblem::isError)
                        .singleElement()
                        .satisfies(problem -> {
                            assertThat(problem.field()).isEqualTo(field.key());
                            assertThat(problem.message()).contains(words);
                        }));
    }
}
