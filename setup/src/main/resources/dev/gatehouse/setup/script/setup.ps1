# Sets up tenant {{tenant}} for {{provider}}: steps 1 and 2 of the setup guide.
# Written by 'gatehouse tenant script --powershell'. Needs: Install-Module Microsoft.Graph.Authentication
# Every step looks before it makes, so that this may be run again.
$ErrorActionPreference = 'Stop'
Connect-MgGraph -Environment {{powershell_environment}} -TenantId '{{tenant}}' -Scopes {{scopes_quoted}} -ContextScope Process -NoWelcome

# Waits while Microsoft's servers do not know a new object yet; a GET of nothing gives nothing.
function Invoke-Graph([string] $Method, [string] $Path, $Body) {
    foreach ($attempt in 1..8) {
        $arguments = @{ Method = $Method; Uri = "{{graph}}/v1.0$Path"; OutputType = 'PSObject' }
        if ($Body) { $arguments.Body = ($Body | ConvertTo-Json -Depth 10); $arguments.ContentType = 'application/json' }
        try { return Invoke-MgGraphRequest @arguments }
        catch {
            $status = [int] $_.Exception.Response.StatusCode
            if ($status -eq 404 -and $Method -eq 'GET') { return $null }
            $isNew = "$($_.ErrorDetails.Message)" -match 'Not a valid reference update|does not reference a valid application object|backing application of the service principal'
            if ($attempt -eq 8 -or (-not $isNew -and $status -ne 404 -and $status -ne 429 -and $status -lt 500)) { throw }
            Start-Sleep -Seconds 15
        }
    }
}
function Format-Query([string] $Text) { [uri]::EscapeDataString($Text) }

# [guest|role]
# --- Guest user {{guest}} ---
$guest = (Invoke-Graph GET "/users?`$filter=$(Format-Query "mail eq '{{guest}}' or otherMails/any(other:other eq '{{guest}}') or proxyAddresses/any(proxy:proxy eq 'smtp:{{guest}}')")&`$select=id").value | Select-Object -First 1
$guestId = $guest.id
# [end]
# [guest]
if (-not $guestId) {
    $guestId = (Invoke-Graph POST '/invitations' @{
        invitedUserEmailAddress = '{{guest}}'; invitedUserDisplayName = '{{guest_name}}'; invitedUserType = 'Guest'
        inviteRedirectUrl = '{{lands_at}}'; sendInvitationMessage = $true }).invitedUser.id
}
# [end]

# [role]
# --- {{role_name}} for the guest user ---
if (-not $guestId) { throw 'There is no guest user {{guest}} yet: somebody has to invite it first (part guest).' }
$held = (Invoke-Graph GET "/roleManagement/directory/roleAssignments?`$filter=$(Format-Query "principalId eq '$guestId' and roleDefinitionId eq '{{role}}'")").value
if (-not $held) {
    $null = Invoke-Graph POST '/roleManagement/directory/roleAssignments' @{
        '@odata.type' = '#microsoft.graph.unifiedRoleAssignment'
        roleDefinitionId = '{{role}}'; principalId = $guestId; directoryScopeId = '/' }
}
# [end]

# [partner]
# --- Cross-tenant access for {{provider}} ---
$partner = Invoke-Graph GET '/policies/crossTenantAccessPolicy/partners/{{partner}}'
# What is switched on already stays on; settings of other groups, and what nobody has set, are not sent.
$trust = @{
    isMfaAccepted = [bool] $partner.inboundTrust.isMfaAccepted -or ${{mfa}}
    isCompliantDeviceAccepted = [bool] $partner.inboundTrust.isCompliantDeviceAccepted -or ${{compliant}}
    isHybridAzureADJoinedDeviceAccepted = [bool] $partner.inboundTrust.isHybridAzureADJoinedDeviceAccepted -or ${{hybrid}} }
$consent = @{
    inboundAllowed = [bool] $partner.automaticUserConsentSettings.inboundAllowed -or ${{redeem}} }
if ($null -ne $partner.automaticUserConsentSettings.outboundAllowed) {
    $consent.outboundAllowed = $partner.automaticUserConsentSettings.outboundAllowed
}
if (-not $partner) {
    $null = Invoke-Graph POST '/policies/crossTenantAccessPolicy/partners' @{
        tenantId = '{{partner}}'; inboundTrust = $trust; automaticUserConsentSettings = $consent }
} else {
    $null = Invoke-Graph PATCH '/policies/crossTenantAccessPolicy/partners/{{partner}}' @{
        inboundTrust = $trust; automaticUserConsentSettings = $consent }
}
# [end]

# [application|service_principal|consent|delegated_consent|owner|secret|certificate]
# --- App registration {{application}} ---
$graphId = '00000003-0000-0000-c000-000000000000'
$resource = Invoke-Graph GET "/servicePrincipals(appId='$graphId')?`$select=id,appRoles,oauth2PermissionScopes"
$adopted = '{{adopted}}'
$which = if ($adopted) { "appId eq '$adopted'" } else { "displayName eq '{{application}}'" }
$found = @((Invoke-Graph GET "/applications?`$filter=$(Format-Query $which)").value)
if ($found.Count -gt 1) { throw 'Several app registrations bear that name; name one with --application-id.' }
$app = $found | Select-Object -First 1
# [end]
# [application]
$asked = @(
    foreach ($name in @({{permissions_quoted}})) { @{ id = ($resource.appRoles | Where-Object value -eq $name).id; type = 'Role' } }
    foreach ($name in @({{delegated_quoted}})) { @{ id = ($resource.oauth2PermissionScopes | Where-Object value -eq $name).id; type = 'Scope' } })
if (-not $app) {
    $app = Invoke-Graph POST '/applications' @{
        displayName = '{{application}}'; signInAudience = 'AzureADMyOrg'; tags = @('{{tag}}', '{{providers_tag}}')
        requiredResourceAccess = @(@{ resourceAppId = $graphId; resourceAccess = $asked }) }
} else {
    $others = @($app.requiredResourceAccess | Where-Object resourceAppId -ne $graphId)
    $had = @($app.requiredResourceAccess | Where-Object resourceAppId -eq $graphId | ForEach-Object { $_.resourceAccess })
    $missing = @($asked | Where-Object { $had.id -notcontains $_.id })
    if ($missing) {
        $null = Invoke-Graph PATCH "/applications/$($app.id)" @{
            requiredResourceAccess = $others + @(@{ resourceAppId = $graphId; resourceAccess = $had + $missing }) }
    }
}
# [end]

# [application|service_principal|consent|delegated_consent|owner|secret|certificate]
if (-not $app) { throw 'There is no app registration {{application}} yet: somebody has to make it first (part application).' }
# [end]

# [service_principal|consent|delegated_consent|owner]
# --- Service principal ---
$principal = Invoke-Graph GET "/servicePrincipals(appId='$($app.appId)')?`$select=id"
# [end]
# [service_principal]
if (-not $principal) { $principal = Invoke-Graph POST '/servicePrincipals' @{ appId = $app.appId } }
# [end]

# [consent|delegated_consent|owner]
if (-not $principal) { throw 'There is no service principal yet: somebody has to make it first (part service_principal).' }
# [end]

# [consent]
# --- Admin consent: application permissions ---
$granted = @((Invoke-Graph GET "/servicePrincipals/$($principal.id)/appRoleAssignments").value.appRoleId)
foreach ($name in @({{permissions_quoted}})) {
    $id = ($resource.appRoles | Where-Object value -eq $name).id
    if ($granted -notcontains $id) {
        $null = Invoke-Graph POST "/servicePrincipals/$($resource.id)/appRoleAssignedTo" @{
            principalId = $principal.id; resourceId = $resource.id; appRoleId = $id }
    }
}
# [end]

# [delegated_consent]
# --- Admin consent: delegated permissions ---
$grant = (Invoke-Graph GET "/oauth2PermissionGrants?`$filter=$(Format-Query "clientId eq '$($principal.id)'")").value |
    Where-Object consentType -eq 'AllPrincipals' | Select-Object -First 1
if (-not $grant) {
    $null = Invoke-Graph POST '/oauth2PermissionGrants' @{
        clientId = $principal.id; consentType = 'AllPrincipals'; principalId = $null; resourceId = $resource.id
        scope = '{{delegated}}' }
} else {
    $scope = (@($grant.scope -split ' ') + @({{delegated_quoted}}) | Where-Object { $_ } | Select-Object -Unique) -join ' '
    if ($scope -ne $grant.scope) { $null = Invoke-Graph PATCH "/oauth2PermissionGrants/$($grant.id)" @{ scope = $scope } }
}
# [end]

# [owner]
# --- The application owns itself, so that it can replace its own secret ---
$owners = @((Invoke-Graph GET "/applications/$($app.id)/owners").value.id)
if ($owners -notcontains $principal.id) {
    $null = Invoke-Graph POST "/applications/$($app.id)/owners/`$ref" @{
        "@odata.id" = "{{graph}}/v1.0/directoryObjects/$($principal.id)" }
}
# [end]

# [secret|certificate]
# --- The tenant's policy for secrets and certificates, or the app registration's own in its place ---
$policy = $null
try {
    $policy = ((Invoke-Graph GET "/applications/$($app.id)/appManagementPolicies").value | Where-Object isEnabled | Select-Object -First 1).restrictions
    if (-not $policy) { $policy = (Invoke-Graph GET '/policies/defaultAppManagementPolicy' | Where-Object isEnabled).applicationRestrictions }
} catch { 'The policy for secrets and certificates is not known; it may refuse what follows.' }
function Get-InForce($Restrictions, [string] $Type) {
    @($Restrictions | Where-Object { $_.restrictionType -eq $Type -and $_.state -ne 'disabled' -and
        (-not $_.restrictForAppsCreatedAfterDateTime -or -not $app.createdDateTime -or
            [datetime] $_.restrictForAppsCreatedAfterDateTime -le [datetime] $app.createdDateTime) })
}
# At most {{days}} days; two hours less than the policy allows, because clocks differ.
function Get-End($Restrictions, [string] $Type) {
    $allowed = @(Get-InForce $Restrictions $Type | ForEach-Object { [System.Xml.XmlConvert]::ToTimeSpan($_.maxLifetime).AddHours(-2) })
    $shortest = @(@([timespan]::FromDays({{days}})) + $allowed | Sort-Object)[0]
    [datetimeoffset]::UtcNow.Add($shortest)
}
# [end]
# [secret]
# --- Client secret {{secret}}, {{days}} days, or fewer where the tenant's policy says so ---
$valid = @((Invoke-Graph GET "/applications/$($app.id)?`$select=passwordCredentials").passwordCredentials |
    Where-Object { [datetime] $_.endDateTime -gt [datetime]::UtcNow })
if (-not $valid) {
    if (Get-InForce $policy.passwordCredentials 'passwordAddition') {
        throw "This tenant's policy forbids client secrets: choose a certificate in their place (tenant script --certificate)."
    }
    $secret = Invoke-Graph POST "/applications/$($app.id)/addPassword" @{ passwordCredential = @{
        displayName = '{{secret}}'; endDateTime = (Get-End $policy.passwordCredentials 'passwordLifetime').ToString('o') } }
    "Directory (tenant) ID:   {{tenant}}"
    "Application (client) ID: $($app.appId)"
    "Client secret Value:     $($secret.secretText)"
} else { 'An existing client secret is valid; its Value cannot be shown again.' }
# [end]
# [certificate]
# --- Certificate {{secret}}, {{days}} days, or fewer where the tenant's policy says so. Needs PowerShell 7 ---
# Graph takes the list as a whole: the certificates that are there go back as they came.
$certificates = @((Invoke-Graph GET "/applications/$($app.id)?`$select=keyCredentials").keyCredentials)
$valid = @($certificates | Where-Object { [datetime] $_.endDateTime -gt [datetime]::UtcNow })
if (-not $valid) {
    $rsa = [System.Security.Cryptography.RSA]::Create(3072)
    $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new(
        'CN={{secret}}', $rsa, [System.Security.Cryptography.HashAlgorithmName]::SHA256,
        [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $certificate = $request.CreateSelfSigned([datetimeoffset]::UtcNow.AddHours(-1),
        (Get-End $policy.keyCredentials 'asymmetricKeyLifetime'))
    $null = Invoke-Graph PATCH "/applications/$($app.id)" @{ keyCredentials = $certificates + @(@{
        displayName = '{{secret}}'; type = 'AsymmetricX509Cert'; usage = 'Verify'
        key = [Convert]::ToBase64String($certificate.RawData) }) }
    "Directory (tenant) ID:   {{tenant}}"
    "Application (client) ID: $($app.appId)"
    "Certificate and private key:"
    "-----BEGIN CERTIFICATE-----`n$([Convert]::ToBase64String($certificate.RawData, 'InsertLineBreaks'))`n-----END CERTIFICATE-----"
    "-----BEGIN PRIVATE KEY-----`n$([Convert]::ToBase64String($rsa.ExportPkcs8PrivateKey(), 'InsertLineBreaks'))`n-----END PRIVATE KEY-----"
} else { 'An existing certificate is valid; its private key is where it was made.' }
# [end]
Disconnect-MgGraph | Out-Null
