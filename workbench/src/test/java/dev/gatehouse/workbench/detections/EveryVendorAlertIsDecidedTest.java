package dev.gatehouse.workbench.detections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Classification;
import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Entity;
import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.Evidence;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Severity;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.VendorAlertStatus;
import dev.gatehouse.model.Verbatim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However strange a vendor alert is, and whichever rules are off or fail, it is decided. */
class EveryVendorAlertIsDecidedTest {

    private static final RuleReader READER = new RuleReader(VendorAlertExamples.reader());
    private static final List<LoadedRule> SHIPPED = ShippedRules.read(READER);

    @Test
    void byAllRulesAndByNone() throws InvalidRule {
        var random = new Random(20_26);
        var failing = READER.read("failing.yaml", """
                id: failing
                version: 1
                name: Fails for almost everything
                description: It looks at evidence that most vendor alerts do not have.
                condition: |
                  alert.evidence[7].details["nothing"] == "x" || alert.title == "fails not"
                severity: {fidelity: low, impact: low, vendor: low}
                join: {by: none}
                attack: {tactics: [], techniques: []}
                examples:
                  match: [{title: fails not, evidence: [{a: 1},{a: 1},{a: 1},{a: 1},{a: 1},{a: 1},{a: 1},{nothing: x}]}]
                  no_match: [{title: x, evidence: [{a: 1},{a: 1},{a: 1},{a: 1},{a: 1},{a: 1},{a: 1},{nothing: y}]}]
                """).of(RuleSource.PROVIDER, Optional.empty(), "");
        var rules = new ArrayList<>(SHIPPED);
        rules.add(failing);
        var all = new RuleSet(rules, List.of());
        var off = SHIPPED.stream()
                .filter(rule -> !rule.rule().isDefault())
                .map(rule -> new RuleSwitch(rule.id(), Optional.empty(), "ada", Instant.EPOCH, "test"))
                .toList();
        var none = new RuleSet(SHIPPED, off);
        var passedOver = 0;

        for (var round = 0; round < 3_000; round++) {
            var subject = VendorAlertExamples.subject(strange(random));
            var decision = all.decide(subject);
            assertThat(decision.severity()).isBetween(AlertSeverity.CRITICAL, AlertSeverity.LOW);
            assertThat(decision.join().value()).hasSizeLessThanOrEqualTo(500).startsWith(decision.rule() + " ");
            assertThat(decision.rule()).isNotEqualTo(failing.id());
            assertThat(decision.reason()).isNotBlank();
            assertThat(decision).isEqualTo(all.decide(subject));
            assertThat(none.decide(subject).rule()).isEqualTo(RuleId.DEFAULT);
            passedOver += decision.passedOver().size();
        }
        assertThat(passedOver).isGreaterThan(1_000);
    }

    private static VendorAlert strange(Random random) {
        IntFunction<String> text = longest -> text(random, longest);
        var evidence = IntStream.range(0, random.nextInt(6))
                .mapToObj(_ -> evidence(random))
                .toList();
        return new VendorAlert(
                new TenantId(new UUID(0, 1)),
                text.apply(300),
                text.apply(20),
                text.apply(600),
                text.apply(200),
                text.apply(2_000),
                text.apply(20),
                Verbatim.of(Severity.class, text.apply(10)),
                Verbatim.of(VendorAlertStatus.class, text.apply(10)),
                Verbatim.of(Classification.class, text.apply(10)),
                text.apply(10),
                text.apply(10),
                text.apply(30),
                text.apply(10),
                text.apply(10),
                text.apply(10),
                "",
                "",
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(_ -> text.apply(9))
                        .toList(),
                time(random),
                time(random),
                Optional.empty(),
                random.nextBoolean() ? Optional.of(time(random)) : Optional.empty(),
                random.nextBoolean() ? Optional.of(time(random)) : Optional.empty(),
                evidence,
                List.of(),
                ContentHash.of(new byte[0]),
                Original.of("{}"));
    }

    private static Evidence evidence(Random random) {
        var details = new HashMap<String, String>();
        for (var count = random.nextInt(5); count > 0; count--) {
            details.put(text(random, 20), text(random, 50));
        }
        var kinds = EntityKind.values();
        return new Evidence(
                text(random, 20),
                List.of(text(random, 10)),
                random.nextBoolean() ? "malicious" : text(random, 10),
                random.nextBoolean() ? "prevented" : text(random, 10),
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(_ -> new Entity(kinds[random.nextInt(kinds.length)], "n" + text(random, 700)))
                        .toList(),
                details);
    }

    private static Instant time(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> Instant.EPOCH;
            case 1 -> Instant.parse("0001-01-01T00:00:00Z");
            case 2 -> Instant.parse("9999-12-31T23:59:59.999999999Z");
            default -> Instant.parse("2026-11-23T09:00:00Z").plusSeconds(random.nextInt());
        };
    }

    /** Empty now and then, of all planes, halves of pairs and control characters among them. */
    private static String text(Random random, int longest) {
        var text = new StringBuilder();
        for (var length = random.nextInt(3) == 0 ? 0 : random.nextInt(longest); length > 0; length--) {
            text.append((char) (random.nextBoolean() ? random.nextInt(0x20, 0x7f) : random.nextInt(0x10000)));
        }
        return text.toString();
    }
}
