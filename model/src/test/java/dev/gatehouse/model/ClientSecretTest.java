package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClientSecretTest {

    @Test
    void neverPrintsItself() {
        var secret = new ClientSecret("Tx~8Q~not.a.real.secret");
        var connection =
                new Connection(new TenantId(new UUID(1, 2)), new ApplicationId(new UUID(3, 4)), secret, Cloud.GLOBAL);

        assertThat(secret.toString()).doesNotContain("Tx~8Q");
        assertThat(connection.toString()).doesNotContain("Tx~8Q");
        assertThat(secret.reveal()).isEqualTo("Tx~8Q~not.a.real.secret");
    }

    @Test
    void recognisesASecretIdInPlaceOfTheValue() {
        assertThat(new ClientSecret("0b1ef4f3-7b5c-4a6a-9c1e-3f1d2c4b5a69").looksLikeSecretId())
                .isTrue();
        assertThat(new ClientSecret("Tx~8Q~not.a.real.secret").looksLikeSecretId())
                .isFalse();
    }

    @Test
    void forgivesTheBlanksAndInvisibleCharactersOfCopyAndPaste() {
        assertThat(new ClientSecret(" abc\n")).isEqualTo(new ClientSecret("abc"));
        assertThat(new ClientSecret("\uFEFFTx~8Q\u200B~not\u00A0.a\r\n.real.secret").reveal())
                .isEqualTo("Tx~8Q~not.a.real.secret");
    }

    @Test
    void leavesEveryCharacterThatSecretsHaveAsItIs() {
        assertThat(new ClientSecret("a~+/=&%._-b").reveal()).isEqualTo("a~+/=&%._-b");
        assertThat(new ClientSecret("a~+/=&%._-b").looksMangled()).isFalse();
    }

    @Test
    void recognisesWhatWasNeverPartOfASecret() {
        assertThat(new ClientSecret("Tx~******************").looksMangled()).isTrue();
        assertThat(new ClientSecret("\u201CTx~8Q~secret\u201D").looksMangled()).isTrue();
        assertThat(new ClientSecret("Tx~8Q\u2026").looksMangled()).isTrue();
    }

    @Test
    void saysWhatToPasteWhenItIsEmpty() {
        assertThatThrownBy(() -> new ClientSecret("  ")).hasMessageContaining("Paste the secret's Value");
        assertThatThrownBy(() -> new ClientSecret("\u200B\uFEFF")).hasMessageContaining("Paste the secret's Value");
    }
}
