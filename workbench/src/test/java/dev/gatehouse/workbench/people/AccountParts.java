package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.WorkbenchParts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What accounts need. */
public final class AccountParts {

    private AccountParts() {}

    /** Adds accounts. */
    public static WorkbenchParts into(WorkbenchParts parts) {
        return parts.with(PasswordEncoder.class, () -> new BCryptPasswordEncoder(4))
                .with(MeterRegistry.class, SimpleMeterRegistry::new)
                .with(FirstAdministratorFile.class, SecurityLog.class, Accounts.class);
    }
}
