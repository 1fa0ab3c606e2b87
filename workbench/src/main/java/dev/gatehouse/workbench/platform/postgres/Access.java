package dev.gatehouse.workbench.platform.postgres;

/**
 * How to get into a database.
 *
 * @param url its JDBC address
 * @param username the role to work as
 * @param password of that role
 */
public record Access(String url, String username, String password) {

    @Override
    public String toString() {
        return "%s as %s".formatted(url, username);
    }
}
