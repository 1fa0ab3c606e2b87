package dev.gatehouse.workbench.files;

import dev.gatehouse.workbench.platform.database.ReadView;

/** What others may list of files by columns, see {@link ReadView}. Texts that say nothing are null. */
public final class FileViews {

    private FileViews() {}

    /** Files, those that are not uploaded yet, too; those that were deleted are in the history alone. */
    public static final ReadView FILES = ReadView.ofEither("""
            select f.id, coalesce(f.organization_id, t.organization_id) as organization_id, f.investigation_id, f.alert_id,
                   f.action_id, f.filename, nullif(f.file_type, '') as file_type, f.meta, f.bytes, f.sha256, f.content_type,
                   f.uploaded_at, f.created_at, f.updated_at, f.revision,
                   coalesce(f.created_by_id, '00000000-0000-0000-0000-000000000000') as created_by_id,
                   coalesce(f.updated_by_id, '00000000-0000-0000-0000-000000000000') as updated_by_id
            from file f
            left join tenant t on t.tenant_id = f.tenant_id
            where f.deleted_at is null and {scope}
            """, "f.organization_id", "f.tenant_id");

    /** Which files belong to which investigations. */
    public static final ReadView OF_INVESTIGATIONS = ReadView.ofOrganizations("""
            select f.id as file_id, f.investigation_id from file f
            where f.investigation_id is not null and f.deleted_at is null and {scope}
            """, "f.organization_id");

    /** Which files belong to which actions. */
    public static final ReadView OF_ACTIONS = ReadView.ofEither("""
            select f.id as file_id, f.action_id from file f
            where f.action_id is not null and f.deleted_at is null and {scope}
            """, "f.organization_id", "f.tenant_id");
}
