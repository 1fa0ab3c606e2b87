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
    void forgivesTheBlanksOfCopyAndPaste() {
        assertThat(new ClientSecret(" abc\n")).isEqualTo(new ClientSecret("abc"));
    }

    @Test
    void saysWhatToPasteWhenItIsEmpty() {
        assertThatThrownBy(() -> new ClientSecret("  ")).hasMessageContaining("Paste the secret's Value");
    }
}
