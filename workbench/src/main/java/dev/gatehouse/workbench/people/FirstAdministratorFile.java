package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.settings.DataDirectory;
import org.springframework.stereotype.Component;

/** The file with the first administrator's generated password, for as long as that password works. */
@Component
class FirstAdministratorFile {

    static final String NAME = "first-administrator";
    static final String EMAIL = "admin@gatehouse.local";

    private final PrivateFile file;

    FirstAdministratorFile(DataDirectory directory) {
        file = new PrivateFile(directory.resolve(NAME));
    }

    /** Writes it, and tells where. */
    String write(String password) {
        file.write("e-mail: %s%npassword: %s%n".formatted(EMAIL, password));
        return file.path().toString();
    }

    /** Takes it away when that account's password was changed, because the one in it does not work any more. */
    void forgetPasswordOf(Account account) {
        if (account.email().equals(EMAIL)) {
            file.delete();
        }
    }
}
