package dev.gatehouse.setup.signin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Starts tasks on threads of their own, and holds them back while it is closed. msal4j 1.26.0 lets a device-code sign-in
 * look at its own future before the library has noted it, and fail with a null pointer when the thread is quick. So the
 * task starts only after the library's call has returned.
 */
final class HeldExecutor extends AbstractExecutorService {

    private final List<Runnable> held = new ArrayList<>();
    private boolean isClosed;
    private boolean isShutdown;

    synchronized void hold() {
        isClosed = true;
    }

    synchronized void letGo() {
        isClosed = false;
        held.forEach(HeldExecutor::start);
        held.clear();
    }

    @Override
    public synchronized void execute(Runnable task) {
        if (isClosed) {
            held.add(task);
        } else {
            start(task);
        }
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().name("administrator-sign-in").start(task);
    }

    @Override
    public synchronized void shutdown() {
        isShutdown = true;
    }

    @Override
    public synchronized List<Runnable> shutdownNow() {
        isShutdown = true;
        return List.copyOf(held);
    }

    @Override
    public synchronized boolean isShutdown() {
        return isShutdown;
    }

    @Override
    public synchronized boolean isTerminated() {
        return isShutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
