package dev.gatehouse.workbench.onboard;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.setup.journal.JournalFiles;
import dev.gatehouse.setup.journal.Journals;
import dev.gatehouse.setup.profile.ProviderProfile;
import dev.gatehouse.setup.retry.RetryPolicy;
import dev.gatehouse.setup.retry.Sleeper;
import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the parts of {@code setup}, which knows no Spring, from our settings. */
@Configuration(proxyBeanMethods = false)
class OnboardConfiguration {

    private static final String PROFILE = "gatehouse.provider-profile";

    /** Long enough for Microsoft's servers to agree among themselves. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Bean
    ProviderProfile providerProfile(Settings settings) {
        if (settings.providerProfile().isBlank()) {
            return ProviderProfile.expel();
        }
        var file = Path.of(settings.providerProfile().strip());
        try {
            return ProviderProfile.parse(Files.readString(file));
        } catch (IOException e) {
            throw new InvalidSetting("%s: cannot read %s (%s).".formatted(PROFILE, file, e), e);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("%s: %s is not usable. %s.".formatted(PROFILE, file, e.getMessage()), e);
        }
    }

    /** The same files as those of the command line on this machine, so that each can go on where the other stopped. */
    @Bean
    Journals journals(DataDirectory directory) {
        return new JournalFiles(directory.resolve("tenants"));
    }

    @Bean
    RetryPolicy retryPolicy(InstantSource clock) {
        return new RetryPolicy(clock, MonotonicClock.SYSTEM, Sleeper.REAL, PATIENCE);
    }
}
