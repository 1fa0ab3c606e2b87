package dev.gatehouse.benchmarks;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;

/** Has JMH measure {@code Decoding}, and prints what it says. */
@Command(
        name = "parse",
        description = "What reading one alert takes, without network and database, once the code is compiled.",
        mixinStandardHelpOptions = true)
final class Parse implements Callable<Integer> {

    /** By its name: it is compiled after the others, with what JMH writes around it. */
    private static final String MEASURED = "dev.gatehouse.benchmarks.Decoding";

    @Override
    public Integer call() throws RunnerException {
        new Runner(new OptionsBuilder().include(MEASURED).build()).run();
        return 0;
    }
}
