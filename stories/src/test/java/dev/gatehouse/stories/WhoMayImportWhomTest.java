package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.gatehouse.stories.planted.PageThatKnowsAnother;
import dev.gatehouse.stories.planted.PartThatSignsIn;
import dev.gatehouse.stories.planted.RecordThatShowsItself;
import dev.gatehouse.stories.planted.SimulatorThatPeeks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Who may import whom: one row for each package. Who wants another import writes it down here first, and whoever adds a
 * package gives it a row.
 */
class WhoMayImportWhomTest {

    private static final String OURS = "dev.gatehouse.";
    private static final String WORKBENCH = "workbench";

    /** Each package and the packages of ours that it may import. */
    private static final Map<String, Set<String>> TABLE = Map.ofEntries(
            // The words of the domain.
            row("model"),
            // From Microsoft's cloud to parsed records.
            row(
                    "intake",
                    "model",
                    "intake.http",
                    "intake.signin",
                    "intake.poll",
                    "intake.parse",
                    "intake.probe",
                    "intake.hunt"),
            row("intake.http", "model"),
            row("intake.diagnose", "model", "intake.http"),
            row("intake.signin", "model", "intake.http", "intake.diagnose"),
            row("intake.graph", "model", "intake.http", "intake.signin"),
            row("intake.poll", "model", "intake.http", "intake.diagnose", "intake.signin", "intake.graph"),
            row("intake.parse", "model"),
            row(
                    "intake.hunt",
                    "model",
                    "intake.http",
                    "intake.diagnose",
                    "intake.signin",
                    "intake.graph",
                    "intake.poll"),
            row("intake.probe", "model", "intake.http", "intake.signin", "intake.poll"),
            // Prepares a customer's tenant.
            row("setup.profile"),
            row("setup.retry", "model"),
            row("setup.directory", "model", "intake.http", "intake.diagnose"),
            row("setup.signin", "model", "intake.http", "intake.diagnose"),
            row("setup.plan", "model", "setup.profile", "setup.directory"),
            row("setup.journal", "model", "setup.plan", "setup.directory"),
            row(
                    "setup.credentials",
                    "model",
                    "intake.probe",
                    "setup.plan",
                    "setup.directory",
                    "setup.journal",
                    "setup.retry"),
            row(
                    "setup.parts",
                    "model",
                    "setup.profile",
                    "setup.plan",
                    "setup.directory",
                    "setup.journal",
                    "setup.credentials",
                    "setup.retry"),
            row("setup.script", "model", "setup.profile", "setup.plan", "setup.parts", "setup.signin"),
            row(
                    "setup",
                    "model",
                    "intake.http",
                    "intake.signin",
                    "intake.poll",
                    "intake.probe",
                    "setup.profile",
                    "setup.plan",
                    "setup.directory",
                    "setup.journal",
                    "setup.credentials",
                    "setup.parts",
                    "setup.retry",
                    "setup.signin"),
            // Keeps and shows. Each package knows those above it, and nobody knows the web.
            row("workbench.platform.settings", "model"),
            row("workbench.platform.database", "model", "workbench.platform.settings"),
            row("workbench.platform.secrets", "model", "workbench.platform.settings"),
            row("workbench.platform.postgres", "workbench.platform.settings", "workbench.platform.database"),
            row("workbench.platform.fields"),
            row(
                    "workbench.people",
                    "model",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.platform.secrets",
                    "workbench.platform.fields"),
            row(
                    "workbench.devices",
                    "model",
                    "intake.probe",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.platform.secrets",
                    "workbench.platform.fields",
                    "workbench.people"),
            row("workbench.records", "model", "workbench.platform.database", "workbench.people", "workbench.devices"),
            row(
                    "workbench.processes",
                    "model",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.devices"),
            row(
                    "workbench.detections",
                    "model",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.people",
                    "workbench.processes"),
            row(
                    "workbench.context",
                    "model",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people"),
            row("workbench.ledger", "model", "workbench.platform.database", "workbench.devices", "workbench.records"),
            row(
                    "workbench.budget",
                    "model",
                    "intake.diagnose",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.devices",
                    "workbench.processes",
                    "workbench.ledger"),
            row(
                    "workbench.collect",
                    "model",
                    "intake",
                    "intake.http",
                    "intake.signin",
                    "intake.poll",
                    "intake.parse",
                    "intake.hunt",
                    "intake.probe",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.processes",
                    "workbench.ledger",
                    "workbench.budget",
                    "workbench.detections"),
            row(
                    "workbench.replay",
                    "model",
                    "intake.poll",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.processes",
                    "workbench.budget",
                    "workbench.collect"),
            row(
                    "workbench.reconcile",
                    "model",
                    "intake.poll",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.processes",
                    "workbench.ledger",
                    "workbench.budget",
                    "workbench.collect",
                    "workbench.replay"),
            row(
                    "workbench.hunt",
                    "model",
                    "intake.hunt",
                    "workbench.platform.database",
                    "workbench.devices",
                    "workbench.processes",
                    "workbench.budget"),
            row(
                    "workbench.alerts",
                    "model",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.context",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.detections",
                    "workbench.processes",
                    "workbench.collect"),
            row(
                    "workbench.investigations",
                    "model",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.records",
                    "workbench.context",
                    "workbench.alerts"),
            row(
                    "workbench.files",
                    "model",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.processes",
                    "workbench.alerts",
                    "workbench.investigations"),
            row(
                    "workbench.notifications",
                    "model",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.platform.secrets",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.processes",
                    "workbench.detections",
                    "workbench.alerts",
                    "workbench.investigations"),
            row(
                    "workbench.generate",
                    "model",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.detections",
                    "workbench.ledger",
                    "workbench.alerts",
                    "workbench.investigations"),
            row(
                    "workbench.suppressions",
                    "model",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.context",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.processes",
                    "workbench.detections",
                    "workbench.alerts",
                    "workbench.investigations"),
            row(
                    "workbench.runbooks",
                    "model",
                    "intake.hunt",
                    "workbench.platform.database",
                    "workbench.collect",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.detections",
                    "workbench.processes",
                    "workbench.hunt",
                    "workbench.alerts",
                    "workbench.investigations"),
            row(
                    "workbench.demo",
                    "workbench.platform.database",
                    "workbench.people",
                    "workbench.detections",
                    "workbench.processes",
                    "workbench.alerts",
                    "workbench.investigations"),
            row(
                    "workbench.rotation",
                    "model",
                    "intake",
                    "intake.http",
                    "intake.signin",
                    "setup",
                    "setup.profile",
                    "setup.journal",
                    "setup.credentials",
                    "setup.retry",
                    "setup.signin",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.devices",
                    "workbench.processes"),
            row(
                    "workbench.onboard",
                    "model",
                    "intake.http",
                    "intake.probe",
                    "setup",
                    "setup.profile",
                    "setup.plan",
                    "setup.directory",
                    "setup.journal",
                    "setup.credentials",
                    "setup.parts",
                    "setup.retry",
                    "setup.script",
                    "setup.signin",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.processes"),
            row(
                    "workbench.web.live",
                    "model",
                    "workbench.devices",
                    "workbench.processes",
                    "workbench.collect",
                    "workbench.alerts",
                    "workbench.investigations",
                    "workbench.replay",
                    "workbench.reconcile",
                    "workbench.rotation",
                    "workbench.onboard"),
            // Pages share the frame, resources the dialect; none knows another.
            row(
                    "workbench.web.frame",
                    "model",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.suppressions"),
            row(
                    "workbench.web.pages.home",
                    "model",
                    "workbench.platform.database",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.rotation",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.search",
                    "model",
                    "workbench.platform.database",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.detections",
                    "workbench.alerts",
                    "workbench.investigations",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.devices",
                    "model",
                    "intake.probe",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.processes",
                    "workbench.ledger",
                    "workbench.budget",
                    "workbench.collect",
                    "workbench.replay",
                    "workbench.reconcile",
                    "workbench.alerts",
                    "workbench.rotation",
                    "workbench.onboard",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.alerts",
                    "model",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.context",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.detections",
                    "workbench.alerts",
                    "workbench.investigations",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.dashboards",
                    "model",
                    "setup.profile",
                    "workbench.platform.database",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.detections",
                    "workbench.alerts",
                    "workbench.investigations",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.investigations",
                    "model",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.records",
                    "workbench.alerts",
                    "workbench.investigations",
                    "workbench.files",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.vendor",
                    "model",
                    "workbench.platform.database",
                    "workbench.records",
                    "workbench.alerts",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.collection",
                    "model",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.processes",
                    "workbench.ledger",
                    "workbench.budget",
                    "workbench.collect",
                    "workbench.replay",
                    "workbench.reconcile",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.hunting",
                    "model",
                    "intake.hunt",
                    "workbench.platform.database",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.hunt",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.detections",
                    "model",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.detections",
                    "workbench.alerts",
                    "workbench.investigations",
                    "workbench.suppressions",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.people",
                    "model",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.alerts",
                    "workbench.onboard",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.context",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.context",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.notifications",
                    "model",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.notifications",
                    "workbench.web.frame"),
            row(
                    "workbench.web.pages.guide",
                    "model",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.onboard",
                    "workbench.web.frame"),
            row(
                    "workbench.web.api.dialect",
                    "model",
                    "workbench.platform.settings",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.alerts",
                    "workbench.investigations"),
            row(
                    "workbench.web.api.resources",
                    "model",
                    "workbench.platform.database",
                    "workbench.people",
                    "workbench.web.api.dialect"),
            row(
                    "workbench.web.api.alerts",
                    "workbench.platform.database",
                    "workbench.people",
                    "workbench.detections",
                    "workbench.alerts",
                    "workbench.investigations",
                    "workbench.web.api.dialect",
                    "workbench.web.api.resources"),
            row(
                    "workbench.web.api.investigations",
                    "workbench.platform.database",
                    "workbench.people",
                    "workbench.alerts",
                    "workbench.investigations",
                    "workbench.files",
                    "workbench.web.api.dialect",
                    "workbench.web.api.resources"),
            row(
                    "workbench.web.api.detections",
                    "workbench.platform.database",
                    "workbench.people",
                    "workbench.detections",
                    "workbench.suppressions",
                    "workbench.web.api.dialect",
                    "workbench.web.api.resources"),
            row(
                    "workbench.web.api.context",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.context",
                    "workbench.web.api.dialect",
                    "workbench.web.api.resources"),
            row(
                    "workbench.web.api.notifications",
                    "model",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.notifications",
                    "workbench.web.api.dialect",
                    "workbench.web.api.resources"),
            row(
                    "workbench.web.api.devices",
                    "model",
                    "intake.probe",
                    "workbench.platform.database",
                    "workbench.platform.fields",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.rotation",
                    "workbench.web.api.dialect",
                    "workbench.web.api.resources"),
            row(
                    "workbench.web.api.vendor",
                    "model",
                    "workbench.platform.database",
                    "workbench.records",
                    "workbench.alerts",
                    "workbench.web.api.resources"),
            row(
                    "workbench.web.api.metrics",
                    "model",
                    "workbench.platform.database",
                    "workbench.investigations",
                    "workbench.web.api.dialect"),
            row(
                    "workbench.web.api.collection",
                    "model",
                    "workbench.platform.database",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.processes",
                    "workbench.ledger",
                    "workbench.budget",
                    "workbench.collect",
                    "workbench.replay",
                    "workbench.reconcile",
                    "workbench.web.api.dialect"),
            row(
                    "workbench.web.api.hunting",
                    "model",
                    "intake.hunt",
                    "workbench.platform.database",
                    "workbench.devices",
                    "workbench.hunt",
                    "workbench.web.api.dialect"),
            row(
                    "workbench.web.api.people",
                    "model",
                    "workbench.platform.database",
                    "workbench.people",
                    "workbench.web.api.dialect",
                    "workbench.web.api.resources"),
            row(
                    "workbench",
                    "model",
                    "intake.parse",
                    "workbench.platform.settings",
                    "workbench.platform.postgres",
                    "workbench.people",
                    "workbench.devices",
                    "workbench.records",
                    "workbench.processes",
                    "workbench.detections",
                    "workbench.generate"),
            // The command line. It talks HTTP to a Workbench, in the words of the model; only the tenant commands know
            // another room.
            row("cli.exit"),
            row("cli.program", "cli.exit"),
            row("cli.terminal", "cli.program"),
            row("cli.http", "model", "cli.exit", "cli.terminal"),
            row("cli.list", "cli.exit", "cli.terminal", "cli.http"),
            row("cli.device", "model", "cli.exit", "cli.terminal", "cli.http", "cli.list"),
            row("cli.collection", "cli.exit", "cli.terminal", "cli.http", "cli.list"),
            row("cli.records", "cli.exit", "cli.terminal", "cli.http", "cli.list"),
            row("cli.detections", "cli.exit", "cli.terminal", "cli.http"),
            row("cli.people", "cli.exit", "cli.program", "cli.terminal", "cli.http", "cli.list"),
            row("cli.serve", "cli.exit", "cli.program", "cli.terminal"),
            row("cli.generate", "cli.exit", "cli.program", "cli.terminal", "cli.serve"),
            row("cli.demo", "model", "cli.exit", "cli.program", "cli.terminal", "cli.http", "cli.serve"),
            row(
                    "cli.tenant",
                    "model",
                    "setup",
                    "setup.profile",
                    "setup.plan",
                    "setup.directory",
                    "setup.journal",
                    "setup.credentials",
                    "setup.parts",
                    "setup.retry",
                    "setup.script",
                    "setup.signin"),
            row(
                    "cli",
                    "model",
                    "cli.exit",
                    "cli.terminal",
                    "cli.http",
                    "cli.device",
                    "cli.collection",
                    "cli.detections",
                    "cli.records",
                    "cli.people",
                    "cli.tenant",
                    "cli.demo",
                    "cli.serve",
                    "cli.generate"),
            // The pretend cloud. It shares no code with the product, in either direction.
            row("kql"),
            row("simulator.http"),
            row("simulator.world", "kql"),
            row("simulator.entra", "simulator.http"),
            row("simulator.directory", "simulator.http", "simulator.entra"),
            row("simulator.graph", "kql", "simulator.http", "simulator.world", "simulator.entra"),
            row("simulator.faults", "simulator.http", "simulator.entra", "simulator.graph"),
            row(
                    "simulator",
                    "simulator.http",
                    "simulator.world",
                    "simulator.entra",
                    "simulator.directory",
                    "simulator.graph",
                    "simulator.faults"));

    @Test
    void everyImportIsInTheTable() {
        assertThat(violationsIn(product())).isEmpty();
    }

    @Test
    void everyPackageHasARow() {
        assertThat(packagesOf(product())).filteredOn(name -> !hasRow(name)).isEmpty();
    }

    @Test
    void everyRowIsAboutAPackage() {
        assertThat(packagesOf(product())).containsAll(TABLE.keySet());
    }

    /** A row that allows more than is used would let a forbidden import in some day. */
    @Test
    void everyImportOfTheTableIsUsed() {
        var used = new TreeSet<String>();
        for (var dependency : dependencies(product(), type -> true)) {
            used.add(ourName(dependency.getOriginClass()) + " > " + ourName(dependency.getTargetClass()));
        }
        assertThat(TABLE.entrySet().stream()
                        .flatMap(row -> row.getValue().stream().map(to -> row.getKey() + " > " + to)))
                .isNotEmpty()
                .allMatch(used::contains);
    }

    /** Packages that import each other are one package in two folders. */
    @Test
    void noPackagesImportEachOtherInACircle() {
        assertThat(TABLE.keySet())
                .filteredOn(name -> reachableFrom(name).contains(name))
                .isEmpty();
    }

    /** What two pages need belongs to the frame, and what two resources need to the dialect or the engine. */
    @Test
    void noPageOrResourceKnowsAnother() {
        assertThat(TABLE.entrySet().stream()
                        .filter(row -> isPageOrResource(row.getKey()))
                        .flatMap(row -> row.getValue().stream()))
                .isNotEmpty()
                .noneMatch(WhoMayImportWhomTest::isPageOrResource);
    }

    private static boolean isPageOrResource(String name) {
        return isIn(name, "workbench.web.pages")
                || (isIn(name, "workbench.web.api")
                        && !name.equals("workbench.web.api.dialect")
                        && !name.equals("workbench.web.api.resources"));
    }

    @Test
    void onlyTheWorkbenchKnowsSpring() {
        assertThat(dependencies(product(), type -> !isIn(ourName(type), WORKBENCH)))
                .filteredOn(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith("org.springframework"))
                .isEmpty();
    }

    @Test
    void noticesAnImportOfAnotherRoom() {
        var planted = new ClassFileImporter().importClasses(SimulatorThatPeeks.class);

        assertThat(violationsIn(planted, type -> "simulator"))
                .singleElement()
                .asString()
                .contains("simulator may not import model");
    }

    @Test
    void noticesAnImportOfAnotherPackageOfTheRoom() {
        var planted = new ClassFileImporter().importClasses(PartThatSignsIn.class);

        assertThat(violationsIn(planted, type -> "setup.parts"))
                .singleElement()
                .asString()
                .contains("setup.parts may not import setup.signin");
    }

    @Test
    void noticesThatRecordsKnowAPage() {
        var planted = new ClassFileImporter().importClasses(RecordThatShowsItself.class);

        assertThat(violationsIn(planted, type -> "workbench.records"))
                .singleElement()
                .asString()
                .contains("workbench.records may not import workbench.web.frame");
    }

    @Test
    void noticesThatAPageKnowsAPageAboutSomethingElse() {
        var planted = new ClassFileImporter().importClasses(PageThatKnowsAnother.class);

        assertThat(violationsIn(planted, type -> "workbench.web.pages.home"))
                .singleElement()
                .asString()
                .contains("workbench.web.pages.home may not import workbench.web.pages.vendor");
    }

    @Test
    void noticesAPackageWithoutARow() {
        assertThat(hasRow("setup.parts")).isTrue();
        assertThat(hasRow("setup.parts.newcomer")).isFalse();
        assertThat(hasRow("workbench.newcomer")).isFalse();
    }

    private static List<String> violationsIn(JavaClasses classes) {
        return violationsIn(classes, WhoMayImportWhomTest::ourName);
    }

    private static List<String> violationsIn(JavaClasses classes, Function<JavaClass, String> packageOf) {
        var violations = new TreeMap<String, String>();
        for (var dependency : dependencies(classes, type -> true)) {
            var from = packageOf.apply(dependency.getOriginClass());
            var to = ourName(dependency.getTargetClass());
            if (!hasRow(to) || to.equals(from) || mayImport(from, to)) {
                continue;
            }
            violations.putIfAbsent(
                    from + " > " + to + " " + dependency.getOriginClass().getName(),
                    "%s may not import %s: %s".formatted(from, to, dependency.getDescription()));
        }
        return List.copyOf(violations.values());
    }

    private static boolean mayImport(String from, String to) {
        return TABLE.getOrDefault(from, Set.of()).contains(to);
    }

    /** Packages that are not ours have none. */
    private static boolean hasRow(String name) {
        return TABLE.containsKey(name);
    }

    private static boolean isIn(String name, String place) {
        return name.equals(place) || name.startsWith(place + ".");
    }

    private static Set<String> reachableFrom(String name) {
        var reached = new TreeSet<String>();
        var next = new ArrayDeque<>(TABLE.getOrDefault(name, Set.of()));
        while (!next.isEmpty()) {
            var one = next.remove();
            if (reached.add(one)) {
                next.addAll(TABLE.getOrDefault(one, Set.of()));
            }
        }
        return reached;
    }

    /** A class's package as the table writes it. */
    private static String ourName(JavaClass type) {
        var name = type.getBaseComponentType().getPackageName();
        return name.startsWith(OURS) ? name.substring(OURS.length()) : name;
    }

    private static Set<String> packagesOf(JavaClasses classes) {
        var names = new TreeSet<String>();
        classes.forEach(type -> names.add(ourName(type)));
        return names;
    }

    private static List<Dependency> dependencies(JavaClasses classes, Predicate<JavaClass> of) {
        var all = new ArrayList<Dependency>();
        for (var type : classes) {
            if (of.test(type)) {
                all.addAll(type.getDirectDependenciesFromSelf());
            }
        }
        return all;
    }

    private static JavaClasses product() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/stories/target/"))
                .importPackages("dev.gatehouse");
        assertThat(classes).as("classes of the product on the class path").isNotEmpty();
        return classes;
    }

    private static Map.Entry<String, Set<String>> row(String name, String... mayImport) {
        return Map.entry(name, Set.of(mayImport));
    }
}
