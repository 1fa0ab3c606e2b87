package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.gatehouse.stories.planted.ForgetfulLoop;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.processes.Loop;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a loop of the Workbench writes, it writes by way of {@link Fence}. From every loop, each call is followed, through
 * interfaces to whatever implements them; what is handed to the fence is fenced, and everything else may not write. The
 * running server refuses the rest: outside of the fence a loop's connections only read.
 */
class LoopsWriteFencedTest {

    /**
     * Who may write under no lease at all. That Microsoft wants a tenant to be left alone is true whoever says it, and
     * whoever says it late keeps to nothing but a pause that is over.
     */
    private static final Set<String> BESIDES = Set.of("dev.gatehouse.workbench.budget.Pauses");

    /** What makes transactions or connections, and so could lead around the fence. */
    private static final Set<String> WAYS_AROUND = Set.of(
            "javax.sql.DataSource",
            "java.sql.DriverManager",
            "org.springframework.transaction.support.TransactionTemplate",
            "org.springframework.transaction.support.TransactionOperations",
            "org.springframework.transaction.PlatformTransactionManager",
            "org.springframework.transaction.annotation.Transactional");

    /**
     * The fence, what chooses its connections, what opens them and brings the schema up to date, and what keeps the leases themselves; and the program that makes up
     * customers, which reads no tenant and has nobody beside it.
     */
    private static final Set<String> MAY_KNOW_THEM = Set.of(
            "dev.gatehouse.workbench.platform.database.Fence",
            "dev.gatehouse.workbench.platform.database.FencedConnections",
            "dev.gatehouse.workbench.platform.database.FencedConnections$Queue",
            "dev.gatehouse.workbench.platform.postgres.WorkbenchRole",
            "dev.gatehouse.workbench.platform.postgres.PeopleRoles",
            "dev.gatehouse.workbench.platform.postgres.DatabaseConfiguration",
            "dev.gatehouse.workbench.processes.Leases",
            "dev.gatehouse.workbench.Generate",
            "dev.gatehouse.workbench.Generate$NotWaiting",
            "dev.gatehouse.workbench.Generate$ReplaceUsual",
            "dev.gatehouse.workbench.platform.postgres.SchemaConfiguration");

    private static final JavaClasses WORKBENCH = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/stories/target/"))
            .importPackages("dev.gatehouse.workbench", "dev.gatehouse.setup");

    @Test
    void noLoopWritesOutsideOfTheFence() {
        assertThat(loops()).extracting(unit -> unit.getOwner().getSimpleName()).contains("FeedLoop", "RotationLoop");
        assertThat(unfenced(loops(), WORKBENCH)).isEmpty();
    }

    @Test
    void itFollowsALoopToWhatItWrites() {
        var reached = new HashSet<JavaCodeUnit>();
        reach(loops(), WORKBENCH, reached);

        assertThat(reached)
                .extracting(JavaCodeUnit::getFullName)
                .anyMatch(name -> name.contains("ledger.Ledger.note("))
                .anyMatch(name -> name.contains("rotation.Rotations.save("))
                .anyMatch(name -> name.contains("devices.DeviceCredentials.replace("));
    }

    @Test
    void onlyTheFenceMakesTransactions() {
        assertThat(waysAround(WORKBENCH)).isEmpty();
    }

    @Test
    void nobodyWritesBesidesTheFenceButThoseOnTheList() {
        assertThat(callersOfBesides(WORKBENCH)).isEqualTo(BESIDES);
    }

    @Test
    void noticesEachPlantedWayToForgetTheFence() {
        var planted = new ClassFileImporter()
                .importClasses(
                        ForgetfulLoop.class, ForgetfulLoop.Journal.class, planted("ForgetfulLoop$1"), Fence.class);

        assertThat(unfenced(List.of(planted.get(ForgetfulLoop.class).getMethod("round")), planted))
                .hasSize(3)
                .anyMatch(name -> name.contains("forgottenInALambda"))
                .anyMatch(name -> name.contains("forgottenByReference"))
                .anyMatch(name -> name.contains("forgottenBehindAnInterface"));
        assertThat(callersOfBesides(planted)).containsExactly(ForgetfulLoop.class.getName());
    }

    private static List<JavaCodeUnit> loops() {
        return WORKBENCH.stream()
                .filter(type -> type.isAssignableTo(Loop.class))
                .flatMap(type -> type.getCodeUnits().stream())
                .toList();
    }

    private static Class<?> planted(String name) {
        try {
            return Class.forName(ForgetfulLoop.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> unfenced(Collection<JavaCodeUnit> from, JavaClasses classes) {
        var reached = new HashSet<JavaCodeUnit>();
        reach(from, classes, reached);
        var writing = new TreeSet<String>();
        for (var unit : reached) {
            unit.getCallsFromSelf().stream()
                    .filter(call -> !isFenced(unit, call))
                    .filter(call -> isWrite(call.getTarget()))
                    .forEach(call -> writing.add("%s writes outside of the fence".formatted(unit.getFullName())));
        }
        return writing;
    }

    /** Everything that can run outside of the fence when these do. */
    private static void reach(Collection<JavaCodeUnit> from, JavaClasses classes, Set<JavaCodeUnit> reached) {
        var next = new ArrayDeque<>(from);
        while (!next.isEmpty()) {
            var unit = next.remove();
            if (unit.getOwner().isEquivalentTo(Fence.class) || !reached.add(unit)) {
                continue;
            }
            accesses(unit)
                    .filter(access -> !isFenced(unit, access))
                    .flatMap(access -> targets(access.getTarget(), classes))
                    .forEach(next::add);
        }
    }

    private static Stream<JavaCodeUnitAccess<?>> accesses(JavaCodeUnit unit) {
        return Stream.concat(unit.getCallsFromSelf().stream(), unit.getCodeUnitReferencesFromSelf().stream());
    }

    /** Whether it happens in what a method hands over, and the method knows the fence. */
    private static boolean isFenced(JavaCodeUnit unit, JavaCodeUnitAccess<?> access) {
        return (access.isDeclaredInLambda() || isReference(unit, access))
                && unit.getCallsFromSelf().stream().anyMatch(call -> isFence(call.getTarget()));
    }

    private static boolean isReference(JavaCodeUnit unit, JavaCodeUnitAccess<?> access) {
        return unit.getCodeUnitReferencesFromSelf().stream().anyMatch(access::equals);
    }

    private static boolean isFence(CodeUnitAccessTarget target) {
        return target.getOwner().isEquivalentTo(Fence.class)
                && List.of("write", "run", "besides").contains(target.getName());
    }

    private static boolean isWrite(CodeUnitAccessTarget target) {
        var owner = target.getOwner();
        return switch (target.getName()) {
            case "update", "batchUpdate", "execute" ->
                owner.isAssignableTo(JdbcClient.StatementSpec.class)
                        || owner.isAssignableTo(NamedParameterJdbcOperations.class)
                        || owner.isAssignableTo(JdbcOperations.class);
            default -> false;
        };
    }

    /** The method itself, and those that override it. */
    private static Stream<JavaCodeUnit> targets(CodeUnitAccessTarget target, JavaClasses classes) {
        var owner = target.getOwner();
        if (!classes.contain(owner.getName())) {
            return Stream.empty();
        }
        var parameters =
                target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
        return Stream.concat(
                target.resolveMember().stream().map(JavaCodeUnit.class::cast),
                classes.get(owner.getName()).getAllSubclasses().stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getName().equals(target.getName())
                                && method.getRawParameterTypes().stream()
                                        .map(JavaClass::getName)
                                        .toList()
                                        .equals(parameters)));
    }

    private static Set<String> waysAround(JavaClasses classes) {
        var violations = new TreeSet<String>();
        for (var type : classes) {
            type.getDirectDependenciesFromSelf().stream()
                    .filter(dependency ->
                            WAYS_AROUND.contains(dependency.getTargetClass().getName()))
                    .filter(dependency -> !MAY_KNOW_THEM.contains(type.getName()))
                    .forEach(dependency -> violations.add(dependency.getDescription()));
        }
        return violations;
    }

    private static Set<String> callersOfBesides(JavaClasses classes) {
        var callers = new TreeSet<String>();
        for (var type : classes) {
            type.getMethodCallsFromSelf().stream()
                    .filter(call -> call.getTargetOwner().isEquivalentTo(Fence.class)
                            && call.getName().equals("besides"))
                    .forEach(call -> callers.add(call.getOriginOwner().getName()));
        }
        return callers;
    }
}
