package dev.gatehouse.benchmarks;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.RecordCache;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one alert of {@link CannedAlert} takes once the code is compiled, in microseconds; each call takes the next of 200. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class Decoding {

    private static final int PAGE = 200;

    private final TenantId tenant = new TenantId(CannedTenant.id(0));
    private final Parser parser = new Parser();
    private final Selection selection = Selection.ofDefenderForIdentity();
    private final List<Original> texts = new ArrayList<>();
    private final List<VendorAlert> alerts = new ArrayList<>();
    private final RecordCache<VendorAlert> cache = new RecordCache<>(100 * PAGE);
    private int next;

    public Decoding() {
        for (var number = 0; number < PAGE; number++) {
            var text = new Original(
                    CannedAlert.text(tenant.value(), number, Instant.ofEpochSecond(1_790_000_000L + number)));
            texts.add(text);
            if (decoded(text) instanceof Parsed.Understood(var record) && record instanceof VendorAlert alert) {
                alerts.add(alert);
                cache.put(RecordCache.Key.of(tenant, Feed.ALERTS, text), alert);
            }
        }
    }

    private int next() {
        next = (next + 1) % PAGE;
        return next;
    }

    private Parsed decoded(Original text) {
        return parser.parse(tenant, Feed.ALERTS, text);
    }

    /** Text to record: the tree, its canonical form and hash, and all that is read out of it. */
    @Benchmark
    public Parsed decode() {
        return decoded(texts.get(next()));
    }

    /** Record to what decides whether it is kept. */
    @Benchmark
    public Set<DeviceKind> normalise() {
        return selection.kindsOf(alerts.get(next()));
    }

    /** Text that came before to what is remembered of it: its hash, and a look into a map. */
    @Benchmark
    public Optional<VendorAlert> recognise() {
        return cache.find(RecordCache.Key.of(tenant, Feed.ALERTS, texts.get(next())));
    }
}
