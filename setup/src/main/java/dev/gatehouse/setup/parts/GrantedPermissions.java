package dev.gatehouse.setup.parts;

import java.util.Map;

/**
 * The application permissions that were granted.
 *
 * @param grants id of the permission to id of the grant
 */
public record GrantedPermissions(Map<String, String> grants) {

    public static final GrantedPermissions NONE = new GrantedPermissions(Map.of());

    public GrantedPermissions {
        grants = Map.copyOf(grants);
    }

    /** Whether that permission was granted. */
    public boolean contains(String permissionId) {
        return grants.containsKey(permissionId);
    }
}
