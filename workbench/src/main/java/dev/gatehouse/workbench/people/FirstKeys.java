package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.settings.DataDirectory;
import java.security.SecureRandom;
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

    static final String ADMINISTRATOR_FILE = "first-administrator";
    static final String TOKEN_FILE = "api-token";
    static final String EMAIL = "admin@gatehouse.local";
    static final String TOKEN_NAME = "Command line on this machine";

    /** Without the letters and digits that look alike. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int PASSWORD_LENGTH = 20;

    private final Accounts accounts;
    private final ApiTokens tokens;
    private final DataDirectory directory;

    FirstKeys(Accounts accounts, ApiTokens tokens, DataDirectory directory) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.directory = directory;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (accounts.isEmpty()) {
            var password = password(new SecureRandom());
            var file = administratorFile();
            file.write("e-mail: %s%npassword: %s%n".formatted(EMAIL, password));
            accounts.add(EMAIL, "First administrator", Role.ORGANIZATION_ADMIN, password);
            log.info("Made the first administrator {}; the password is in {}", EMAIL, file.path());
        }
        if (tokens.isEmpty()) {
            var token = tokens.draw();
            var file = new PrivateFile(directory.resolve(TOKEN_FILE));
            file.write(token + System.lineSeparator());
            tokens.add(TOKEN_NAME, Role.ORGANIZATION_ADMIN, token);
            log.info("Made the first API token; it is in {}", file.path());
        }
    }

    /** Takes the file with the generated password away, because the password in it does not work any more. */
    void forgetPasswordOf(Account account) {
        if (account.email().equals(EMAIL)) {
            administratorFile().delete();
        }
    }

    private PrivateFile administratorFile() {
        return new PrivateFile(directory.resolve(ADMINISTRATOR_FILE));
    }

    private static String password(SecureRandom random) {
        return random.ints(PASSWORD_LENGTH, 0, ALPHABET.length())
                .collect(
                        StringBuilder::new, (text, index) -> text.append(ALPHABET.charAt(index)), StringBuilder::append)
                .toString();
    }
}
