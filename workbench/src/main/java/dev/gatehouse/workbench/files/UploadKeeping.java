package dev.gatehouse.workbench.files;

import dev.gatehouse.workbench.processes.Chore;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Clears uploads that broke off with the process that took them, so that their bytes do not stay for good. */
@Component
class UploadKeeping implements Chore {

    private final Files files;

    UploadKeeping(Files files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "Clearing uploads that broke off";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        files.clearBrokenOff();
    }
}
