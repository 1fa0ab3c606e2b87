package dev.gatehouse.intake.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A budget in bytes that all answers share that are in memory at the same time, from their first byte until nobody needs
 * them any more. Safe for use by many threads.
 *
 * <p>Each answer has a {@link Room}, which grows as the answer comes. Small rooms share the budget. A room that is large,
 * or that finds no place, waits for the one place beside the budget: whoever has that may grow to the size of the largest
 * answer and waits for nobody, so that one answer always goes on and no two can wait for each other. At most the budget and
 * one largest answer are held. Whoever has been here longest comes first; whoever waits too long gives up, and may ask for
 * less.
 */
public final class PageMemory {

    /** A quarter of the heap for those who share, and a quarter for the one beside; half is left for all the rest. */
    private static final int OF_THE_HEAP = 4;

    /** A few large answers that drip must not keep all small ones out. */
    private static final int SHARE_OF_ONE = 8;

    /**
     * Reading one record costs many times its size for a moment, in the worst case half the largest answer; see
     * {@link Room#borrowToRead}.
     */
    private static final int LARGEST_RECORD = 32;

    private static final int READING_COSTS = 16;
    private static final long SMALLEST_BUDGET = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final long budget;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();

    /** Who waits, by age; the oldest first. */
    private final TreeMap<Long, Wait> waits = new TreeMap<>();

    private long shared;
    private long beside;
    private boolean isPlaceTaken;
    private long ages;
    private long refused;

    /**
     * A budget.
     *
     * @param budget in bytes; also the most that one answer may take
     * @param patience how long a room waits for a place before it gives up
     */
    public PageMemory(long budget, Duration patience) {
        if (budget <= 0) {
            throw new IllegalArgumentException("A budget of %d bytes holds no answer".formatted(budget));
        }
        this.budget = budget;
        this.patience = patience;
    }

    /** A quarter of the memory that Java may take for objects. */
    public static PageMemory ofHeap() {
        return of(budgetOfHeap());
    }

    /**
     * So many bytes.
     *
     * @throws IllegalArgumentException when it is nothing
     */
    public static PageMemory of(long budget) {
        return new PageMemory(budget, PATIENCE);
    }

    private static long budgetOfHeap() {
        return Math.max(SMALLEST_BUDGET, Runtime.getRuntime().maxMemory() / OF_THE_HEAP);
    }

    /** A room without anything in it yet. Whoever opens it closes it. */
    public Room open() {
        return new Room();
    }

    /** The budget, which is also the most that one answer may take, in bytes. */
    public long budget() {
        return budget;
    }

    /** The largest record that is taken, in bytes. */
    public int largestRecord() {
        return Math.clamp(budget / LARGEST_RECORD, 1, Integer.MAX_VALUE);
    }

    /** How many bytes are held at the moment. */
    public long used() {
        lock.lock();
        try {
            return shared + beside;
        } finally {
            lock.unlock();
        }
    }

    /** How many rooms wait to grow. */
    public int waiting() {
        lock.lock();
        try {
            return waits.size();
        } finally {
            lock.unlock();
        }
    }

    /** How often an answer was given up for want of memory, since the start. */
    public long refused() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }

    /** What one answer takes. For one thread at a time. */
    public final class Room implements AutoCloseable {

        private long ofTheBudget;
        private long ofThePlace;
        private boolean hasThePlace;
        private long age = Long.MAX_VALUE;

        private Room() {}

        /**
         * Makes room for more, as soon as there is some.
         *
         * @throws NoRoom when the answer is larger than any may be, or others took all there is for too long
         * @throws InterruptedException when the calling thread was asked to stop; what was there before is still held
         */
        public void grow(long bytes) throws NoRoom, InterruptedException {
            lock.lockInterruptibly();
            try {
                if (age == Long.MAX_VALUE) {
                    age = ages++;
                }
                if (held() + bytes > budget) {
                    refused++;
                    throw new NoRoom(true);
                }
                if (!tryToGrow(bytes, false)) {
                    await(new Wait(this, bytes, lock.newCondition()));
                }
            } finally {
                lock.unlock();
            }
        }

        private void await(Wait wait) throws NoRoom, InterruptedException {
            waits.put(age, wait);
            try {
                var left = patience.toNanos();
                while (!wait.isOver) {
                    if (left <= 0) {
                        refused++;
                        throw new NoRoom(false);
                    }
                    left = wait.changed.awaitNanos(left);
                }
            } finally {
                if (waits.remove(age, wait)) {
                    // Those behind it may go on without it.
                    handOn();
                }
            }
        }

        /**
         * Takes from the budget, or beside it.
         *
         * @param isNext whether nobody who has been here longer waits for the same
         */
        private boolean tryToGrow(long bytes, boolean isNext) {
            if (hasThePlace) {
                beside += bytes;
                ofThePlace += bytes;
                return true;
            }
            if (ofTheBudget + bytes <= Math.max(1, budget / SHARE_OF_ONE)
                    && shared + bytes <= budget
                    && (isNext || !isAnOlderOneWaiting())) {
                shared += bytes;
                ofTheBudget += bytes;
                return true;
            }
            if (!isPlaceTaken && (isNext || !isAnOlderOneWaiting())) {
                isPlaceTaken = true;
                hasThePlace = true;
                return tryToGrow(bytes, true);
            }
            return false;
        }

        private boolean isAnOlderOneWaiting() {
            // Who is large waits for the place only, and need not keep the small ones from the budget.
            return waits.headMap(age).values().stream().anyMatch(wait -> !wait.isForThePlaceOnly());
        }

        /** Gives back some of it. */
        private void shrink(long bytes) {
            lock.lock();
            try {
                var back = Math.min(bytes, ofThePlace);
                ofThePlace -= back;
                beside -= back;
                ofTheBudget -= bytes - back;
                shared -= bytes - back;
                handOn();
            } finally {
                lock.unlock();
            }
        }

        /**
         * Makes room for what reading a record costs for a moment, until what it gives is closed: a tree of many small
         * objects, and its canonical text.
         *
         * @param length of the record, in bytes
         */
        public Loan borrowToRead(int length) throws NoRoom, InterruptedException {
            var bytes = (long) length * READING_COSTS;
            grow(bytes);
            return () -> shrink(bytes);
        }

        /** How many bytes it holds. */
        public long held() {
            return ofTheBudget + ofThePlace;
        }

        /** The largest record that is taken, in bytes. */
        public int largestRecord() {
            return PageMemory.this.largestRecord();
        }

        /** Lets all of it go. */
        @Override
        public void close() {
            lock.lock();
            try {
                shared -= ofTheBudget;
                beside -= ofThePlace;
                ofTheBudget = 0;
                ofThePlace = 0;
                if (hasThePlace) {
                    hasThePlace = false;
                    isPlaceTaken = false;
                }
                handOn();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Something to be given back. */
    public interface Loan extends AutoCloseable {

        @Override
        void close();
    }

    /** One that waits to grow. */
    private final class Wait {

        private final Room room;
        private final long bytes;
        private final Condition changed;
        private boolean isOver;

        Wait(Room room, long bytes, Condition changed) {
            this.room = room;
            this.bytes = bytes;
            this.changed = changed;
        }

        boolean isForThePlaceOnly() {
            return room.ofTheBudget + bytes > Math.max(1, budget / SHARE_OF_ONE);
        }
    }

    /** Lets those grow who wait and for whom there is room now, the oldest first. */
    private void handOn() {
        var isBudgetWanted = false;
        for (var wait : List.copyOf(waits.values())) {
            if (isBudgetWanted && !wait.isForThePlaceOnly()) {
                continue;
            }
            if (wait.room.tryToGrow(wait.bytes, true)) {
                wait.isOver = true;
                waits.remove(wait.room.age);
                wait.changed.signal();
            } else if (!wait.isForThePlaceOnly()) {
                isBudgetWanted = true;
            }
        }
    }

    /** There is no room for an answer. */
    public static final class NoRoom extends IOException {

        private static final long serialVersionUID = 1L;

        private final boolean isForGood;

        NoRoom(boolean isForGood) {
            super(isForGood ? "The answer is larger than any may be" : "Others took all the memory for too long");
            this.isForGood = isForGood;
        }

        /** Whether there would not even be room for it alone. */
        public boolean isForGood() {
            return isForGood;
        }
    }
}
