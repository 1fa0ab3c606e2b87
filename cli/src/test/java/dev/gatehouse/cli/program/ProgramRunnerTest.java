package dev.gatehouse.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cli.exit.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgramRunnerTest {

    @Test
    void endsWhenItsParentIsGone() throws IOException, InterruptedException {
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString(),
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        ProgramRunner.class.getName(),
                        Forever.class.getName())
                .redirectErrorStream(true)
                .start();
        assertThat(child.inputReader().readLine()).isEqualTo("running");

        // What the system does for a parent that dies: it closes the parent's end of the pipe.
        child.outputWriter().close();

        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isZero();
    }

    @Test
    void saysHowToStartItWhenTheProgramIsNotThere() {
        assertThatThrownBy(() -> ProgramRunner.run("dev.gatehouse.nowhere.Nothing", List.of()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Start it with ./gatehouse");
    }

    static final class Forever {
        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("running");
            new CountDownLatch(1).await();
        }
    }
}
