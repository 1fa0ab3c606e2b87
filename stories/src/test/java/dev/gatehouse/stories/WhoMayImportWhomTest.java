package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.gatehouse.stories.planted.SimulatorThatPeeks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The table of ARCHITECTURE.md: who may import whom. */
class WhoMayImportWhomTest {

    private static final String OURS = "dev.gatehouse.";

    /** Each place and the places of ours that it may import, besides itself and what lies below it. */
    private static final Map<String, Set<String>> TABLE = Map.ofEntries(
            place("model"),
            place(
                    "intake",
                    "model",
                    "intake.http",
                    "intake.signin",
                    "intake.poll",
                    "intake.parse",
                    "intake.probe",
                    "intake.hunt"),
            place("intake.http", "model"),
            place("intake.diagnose", "model", "intake.http"),
            place("intake.signin", "model", "intake.http", "intake.diagnose"),
            place("intake.poll", "model", "intake.http", "intake.diagnose", "intake.signin"),
            place("intake.parse", "model"),
            place("intake.hunt", "model", "intake.http", "intake.diagnose", "intake.signin", "intake.poll"),
            place("intake.probe", "model", "intake.http", "intake.diagnose", "intake.signin", "intake.poll"),
            place("setup", "model", "intake"),
            place("workbench", "model", "intake", "workbench.onboard", "workbench.rotation"),
            place("workbench.rotation", "model", "intake", "setup", "workbench"),
            place("workbench.onboard", "model", "intake", "setup", "workbench"),
            place("cli", "model", "setup"),
            place("simulator"));

    @Test
    void everyImportIsInTheTable() {
        assertThat(violationsIn(product())).isEmpty();
    }

    @Test
    void everyPackageHasAPlaceInTheTable() {
        assertThat(product())
                .filteredOn(type -> placeOf(type.getPackageName()).isEmpty())
                .isEmpty();
    }

    @Test
    void onlyTheWorkbenchKnowsSpring() {
        assertThat(dependencies(product(), type -> !isIn(type, "workbench")))
                .filteredOn(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith("org.springframework"))
                .isEmpty();
    }

    @Test
    void noticesAPlantedViolation() {
        var planted = new ClassFileImporter().importClasses(SimulatorThatPeeks.class);

        assertThat(violationsIn(planted, type -> "simulator"))
                .singleElement()
                .asString()
                .contains("simulator may not import model");
    }

    private static List<String> violationsIn(JavaClasses classes) {
        return violationsIn(classes, type -> placeOf(type.getPackageName()));
    }

    private static List<String> violationsIn(JavaClasses classes, Function<JavaClass, String> placeOf) {
        var violations = new TreeMap<String, String>();
        for (var dependency : dependencies(classes, type -> true)) {
            var from = placeOf.apply(dependency.getOriginClass());
            var to = placeOf(dependency.getTargetClass().getPackageName());
            if (to.isEmpty() || to.equals(from) || mayImport(from, to)) {
                continue;
            }
            violations.putIfAbsent(
                    from + " > " + to + " " + dependency.getOriginClass().getName(),
                    "%s may not import %s: %s".formatted(from, to, dependency.getDescription()));
        }
        return List.copyOf(violations.values());
    }

    /** A room that is allowed as a whole is allowed in all its parts. */
    private static boolean mayImport(String from, String to) {
        return TABLE.getOrDefault(from, Set.of()).stream()
                .anyMatch(allowed ->
                        to.equals(allowed) || (to.startsWith(allowed + ".") && !allowed.equals(roomOf(from))));
    }

    private static String roomOf(String place) {
        return place.contains(".") ? place.substring(0, place.indexOf('.')) : place;
    }

    /** The longest entry of the table that a package lies in; empty for packages that are not ours. */
    private static String placeOf(String packageName) {
        return TABLE.keySet().stream()
                .filter(place -> packageName.equals(OURS + place) || packageName.startsWith(OURS + place + "."))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
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

    private static boolean isIn(JavaClass type, String room) {
        return type.getPackageName().startsWith(OURS + room);
    }

    private static JavaClasses product() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/stories/"))
                .importPackages("dev.gatehouse");
        assertThat(classes).as("classes of the product on the class path").isNotEmpty();
        return classes;
    }

    private static Map.Entry<String, Set<String>> place(String name, String... mayImport) {
        return Map.entry(name, Set.of(mayImport));
    }
}
