package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.settings.DataDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Makes the first administrator and the first API token of an installation that has none, before the first request is
 * taken, and leaves them in two files that only the owner of the process may read. They are never logged.
 *
 * <p>Each file is written before the row in the database: were it the other way round, a crash between the two would
 * leave an account whose password nobody knows.
 */
@Component
class FirstKeys implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(FirstKeys.class);

    static final String TOKEN_FILE = "api-token";
    static final String TOKEN_NAME = "Command line on this machine";

    private final Accounts accounts;
    private final ApiTokens tokens;
    private final FirstAdministratorFile firstAdministrator;
    private final DataDirectory directory;

    FirstKeys(Accounts accounts, ApiTokens tokens, FirstAdministratorFile firstAdministrator, DataDirectory directory) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.firstAdministrator = firstAdministrator;
        this.directory = directory;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (accounts.isEmpty()) {
            var password = GeneratedPassword.draw();
            var file = firstAdministrator.write(password);
            accounts.add(
                    FirstAdministratorFile.EMAIL,
                    "First administrator",
                    Membership.ofProvider(Role.SOC_ADMIN),
                    password);
            log.info("Made the first administrator {}; the password is in {}", FirstAdministratorFile.EMAIL, file);
        }
        if (tokens.isEmpty()) {
            var token = tokens.draw();
            var file = new PrivateFile(directory.resolve(TOKEN_FILE));
            file.write(token + System.lineSeparator());
            tokens.addOfMachine(TOKEN_NAME, Membership.ofProvider(Role.SOC_ADMIN), token);
            log.info("Made the first API token; it is in {}", file.path());
        }
    }
}
