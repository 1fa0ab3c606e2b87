package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

    private static final String EMAIL = "Grace.Hopper@example.com";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1q2w3e4r5t6y",
                "1Q2W3e4r5t6Y",
                "Password1234",
                "!!password!!",
                "Summer2026!!",
                "Qwertyuiop12",
                "passwordpassword",
                "passwordpass",
                "aaaaaaaaaaaa",
                "123412341234",
                "abcabcabcabc",
                "123456789012",
                "dragon12345678",
                "iloveyou.iloveyou."
            })
    void refusesWhatGuessersTryFirstAndWhatIsMadeFromIt(String password) {
        assertThat(PasswordRules.problemWith(password, EMAIL))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("The new password is too common"));
    }

    @ParameterizedTest
    @CsvSource({
        "my GateHouse key, The new password must not contain the name Gatehouse.",
        "i am grace.HOPPER, The new password must not contain the name in your e-mail address.",
        "eleven char, The new password needs at least 12 characters."
    })
    void refusesWhatIsEasyToGuessHere(String password, String problem) {
        assertThat(PasswordRules.problemWith(password, EMAIL)).contains(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery",
                "a longer password",
                "xK3-vv9qLmT2",
                "839201746552",
                "love 8492 7316 5520",
                "8love 8492 7316 5528",
                "Tür zum Garten offen",
                "пароль для кошки"
            })
    void takesWhatIsNot(String password) {
        assertThat(PasswordRules.problemWith(password, EMAIL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "@example.com", "ada"})
    void findsNoNameThatIsTooShortToBeOne(String email) {
        assertThat(PasswordRules.problemWith("canada is far away", email)).isEmpty();
    }
}
