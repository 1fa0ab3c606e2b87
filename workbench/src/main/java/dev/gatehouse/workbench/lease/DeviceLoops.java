package dev.gatehouse.workbench.lease;

import dev.gatehouse.workbench.devices.DeviceChanged;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Runs the loops of all {@link DeviceWork} for every device, so that no tenant waits for another. */
@Component
public class DeviceLoops implements SmartLifecycle {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final SecurityDevices devices;
    private final ObjectProvider<DeviceWork> work;
    private final Map<UUID, List<Running>> running = new ConcurrentHashMap<>();
    private volatile boolean isRunning;

    /** A loop and the thread that it runs in. */
    private record Running(Loop loop, Thread thread) {

        /** The loop begins when those before it have ended. Whoever starts it need not wait for that. */
        static Running start(Loop loop, UUID device, List<Running> before) {
            var name = "%s %s".formatted(loop.getClass().getSimpleName(), device);
            return new Running(loop, Thread.ofVirtual().name(name).start(() -> {
                before.forEach(Running::awaitEnd);
                loop.run();
            }));
        }

        void stop() {
            loop.stop();
            thread.interrupt();
        }

        void awaitEnd() {
            try {
                thread.join(STOP_PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    DeviceLoops(SecurityDevices devices, ObjectProvider<DeviceWork> work) {
        this.devices = devices;
        this.work = work;
    }

    /** The running loops of one kind. */
    public <T extends Loop> Stream<T> all(Class<T> kind) {
        return running.values().stream()
                .flatMap(List::stream)
                .map(Running::loop)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** The running loops of one kind, of one device. */
    public <T extends Loop> Stream<T> of(UUID device, Class<T> kind) {
        return running.getOrDefault(device, List.of()).stream()
                .map(Running::loop)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    @Override
    public synchronized void start() {
        isRunning = true;
        devices.all().stream().map(SecurityDevice::id).forEach(this::startAnew);
    }

    private void startAnew(UUID device) {
        var before = running.getOrDefault(device, List.of());
        before.forEach(Running::stop);
        running.put(
                device,
                work.orderedStream()
                        .<Loop>flatMap(each -> each.loopsFor(device).stream())
                        .map(loop -> Running.start(loop, device, before))
                        .toList());
    }

    @EventListener
    synchronized void restart(DeviceChanged change) {
        if (isRunning) {
            startAnew(change.deviceId());
        }
    }

    @Override
    public synchronized void stop() {
        isRunning = false;
        var all = running.values().stream().flatMap(List::stream).toList();
        all.forEach(Running::stop);
        all.forEach(Running::awaitEnd);
        running.clear();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
