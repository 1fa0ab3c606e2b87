#!/usr/bin/env bash
# Sets up tenant {{tenant}} for {{provider}}: steps 1 and 2 of the setup guide.
# Written by 'gatehouse tenant script --bash'. Needs curl and jq, and openssl for a certificate. Every step looks before it makes,
# so that this may be run again. Behind a proxy with its own certificate, set CURL_CA_BUNDLE.
set -euo pipefail

authority='{{authority}}'
graph='{{graph}}/v1.0'
tenant='{{tenant}}'

# --- Sign in by device code. The token lives in this shell only. ---
form() { curl --silent --show-error "$authority/$tenant/oauth2/v2.0/$1" "${@:2}"; }
code=$(form devicecode --data-urlencode 'client_id={{client}}' --data-urlencode 'scope={{scopes_full}}')
jq --raw-output .message <<<"$code" >&2
token=''
while [ -z "$token" ]; do
  answer=$(form token --data-urlencode 'grant_type=urn:ietf:params:oauth:grant-type:device_code' \
    --data-urlencode 'client_id={{client}}' --data-urlencode "device_code=$(jq --raw-output .device_code <<<"$code")")
  token=$(jq --raw-output '.access_token // empty' <<<"$answer")
  if [ -z "$token" ]; then
    case "$(jq --raw-output .error <<<"$answer")" in
      authorization_pending | slow_down) ;;
      *) jq --raw-output .error_description <<<"$answer" >&2; exit 1 ;;
    esac
    sleep "$(jq .interval <<<"$code")"
  fi
done

# call METHOD PATH [BODY]: prints the answer's JSON. Waits while Microsoft's servers do not know a new object yet.
call() {
  local answer status
  for _ in 1 2 3 4 5 6 7 8; do
    # The header goes in by a file descriptor: arguments can be seen by every user of this machine.
    answer=$(curl --silent --show-error --globoff --write-out '\n%{http_code}' --request "$1" "$graph$2" \
      --header @<(printf 'Authorization: Bearer %s' "$token") \
      --header 'Content-Type: application/json' ${3:+--data "$3"})
    status=${answer##*$'\n'}
    answer=${answer%$'\n'*}
    case "$status" in
      2*) printf '%s' "$answer"; return 0 ;;
      404) [ "$1" = GET ] && return 0; sleep 15 ;;
      429 | 5*) sleep 15 ;;
      400 | 403)
        case "$answer" in
          *'Not a valid reference update'* | *'does not reference a valid application object'* | *'backing application of the service principal'*) sleep 15 ;;
          *) printf '%s %s: %s %s\n' "$1" "$2" "$status" "$answer" >&2; return 1 ;;
        esac ;;
      *) printf '%s %s: %s %s\n' "$1" "$2" "$status" "$answer" >&2; return 1 ;;
    esac
  done
  printf '%s %s: %s %s\n' "$1" "$2" "$status" "$answer" >&2
  return 1
}
query() { jq --null-input --raw-output --arg text "$1" '$text | @uri'; }
said() { printf '  %s\n' "$1" >&2; }

# [guest|role]
# --- Guest user {{guest}} ---
guest_id=$(call GET "/users?\$filter=$(query "mail eq '{{guest}}' or otherMails/any(other:other eq '{{guest}}') or proxyAddresses/any(proxy:proxy eq 'smtp:{{guest}}')")&\$select=id" | jq --raw-output '.value[0].id // empty')
# [end]
# [guest]
if [ -z "$guest_id" ]; then
  guest_id=$(call POST /invitations '{"invitedUserEmailAddress":"{{guest}}","invitedUserDisplayName":"{{guest_name}}","invitedUserType":"Guest","inviteRedirectUrl":"{{lands_at}}","sendInvitationMessage":true}' | jq --raw-output .invitedUser.id)
  said 'invited {{guest}}'
fi
# [end]

# [role]
# --- {{role_name}} for the guest user ---
[ -n "$guest_id" ] || { echo 'There is no guest user {{guest}} yet: somebody has to invite it first (part guest).' >&2; exit 1; }
held=$(call GET "/roleManagement/directory/roleAssignments?\$filter=$(query "principalId eq '$guest_id' and roleDefinitionId eq '{{role}}'")" | jq '.value | length')
if [ "$held" = 0 ]; then
  call POST /roleManagement/directory/roleAssignments "{\"@odata.type\":\"#microsoft.graph.unifiedRoleAssignment\",\"roleDefinitionId\":\"{{role}}\",\"principalId\":\"$guest_id\",\"directoryScopeId\":\"/\"}" >/dev/null
  said 'assigned {{role_name}}'
fi
# [end]

# [partner]
# --- Cross-tenant access for {{provider}} ---
partner=$(call GET '/policies/crossTenantAccessPolicy/partners/{{partner}}')
if [ -z "$partner" ]; then
  call POST /policies/crossTenantAccessPolicy/partners '{"tenantId":"{{partner}}","inboundTrust":{"isMfaAccepted":{{mfa}},"isCompliantDeviceAccepted":{{compliant}},"isHybridAzureADJoinedDeviceAccepted":{{hybrid}}},"automaticUserConsentSettings":{"inboundAllowed":{{redeem}}}}' >/dev/null
  said 'added the organization {{provider}}'
else
  # What is switched on already stays on; settings of other groups, and what nobody has set, are not sent.
  merged=$(jq '{inboundTrust: ((.inboundTrust // {}) | with_entries(select(.value != null)) | .isMfaAccepted = (.isMfaAccepted == true or {{mfa}}) | .isCompliantDeviceAccepted = (.isCompliantDeviceAccepted == true or {{compliant}}) | .isHybridAzureADJoinedDeviceAccepted = (.isHybridAzureADJoinedDeviceAccepted == true or {{hybrid}})), automaticUserConsentSettings: ((.automaticUserConsentSettings // {}) | with_entries(select(.value != null)) | .inboundAllowed = (.inboundAllowed == true or {{redeem}}))}' <<<"$partner")
  if [ "$(jq --argjson merged "$merged" '.inboundTrust == $merged.inboundTrust and .automaticUserConsentSettings == $merged.automaticUserConsentSettings' <<<"$partner")" != true ]; then
    call PATCH '/policies/crossTenantAccessPolicy/partners/{{partner}}' "$merged"
    said 'changed the cross-tenant access of {{provider}}'
  fi
fi
# [end]

# [application|service_principal|consent|delegated_consent|owner|secret|certificate]
# --- App registration {{application}} ---
resource=$(call GET "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')?\$select=id,appRoles,oauth2PermissionScopes")
resource_id=$(jq --raw-output .id <<<"$resource")
role_of() { jq --raw-output --arg name "$1" '.appRoles[] | select(.value == $name) | .id' <<<"$resource"; }
adopted='{{adopted}}'
if [ -n "$adopted" ]; then which="appId eq '$adopted'"; else which="displayName eq '{{application}}'"; fi
found=$(call GET "/applications?\$filter=$(query "$which")")
[ "$(jq '.value | length' <<<"$found")" -le 1 ] || { echo 'Several app registrations bear that name; name one with --application-id.' >&2; exit 1; }
app=$(jq '.value[0] // empty' <<<"$found")
# [end]
# [application]
asked=$(jq --compact-output --arg roles '{{permissions}}' --arg scopes '{{delegated}}' '. as $graph | [($roles | split(" ")[]) as $name | $graph.appRoles[] | select(.value == $name) | {id, type: "Role"}] + [($scopes | split(" ")[]) as $name | $graph.oauth2PermissionScopes[] | select(.value == $name) | {id, type: "Scope"}]' <<<"$resource")
if [ -z "$app" ]; then
  app=$(call POST /applications "{\"displayName\":\"{{application}}\",\"signInAudience\":\"AzureADMyOrg\",\"tags\":[\"{{tag}}\",\"{{providers_tag}}\"],\"requiredResourceAccess\":[{\"resourceAppId\":\"00000003-0000-0000-c000-000000000000\",\"resourceAccess\":$asked}]}")
  said 'registered {{application}}'
else
  wanted=$(jq --compact-output --argjson asked "$asked" '(.requiredResourceAccess // []) as $all | ([$all[] | select(.resourceAppId == "00000003-0000-0000-c000-000000000000") | .resourceAccess[]]) as $had | [$all[] | select(.resourceAppId != "00000003-0000-0000-c000-000000000000")] + [{resourceAppId: "00000003-0000-0000-c000-000000000000", resourceAccess: ($had + [$asked[] | select(.id as $id | all($had[]; .id != $id))])}]' <<<"$app")
  call PATCH "/applications/$(jq --raw-output .id <<<"$app")" "{\"requiredResourceAccess\":$wanted}"
fi
# [end]
# [application|service_principal|consent|delegated_consent|owner|secret|certificate]
[ -n "$app" ] || { echo 'There is no app registration {{application}} yet: somebody has to make it first (part application).' >&2; exit 1; }
app_id=$(jq --raw-output .appId <<<"$app")
object_id=$(jq --raw-output .id <<<"$app")
# [end]

# [service_principal|consent|delegated_consent|owner]
# --- Service principal ---
principal=$(call GET "/servicePrincipals(appId='$app_id')?\$select=id" | jq --raw-output '.id // empty')
# [end]
# [service_principal]
if [ -z "$principal" ]; then
  principal=$(call POST /servicePrincipals "{\"appId\":\"$app_id\"}" | jq --raw-output .id)
  said 'created the service principal'
fi
# [end]

# [consent|delegated_consent|owner]
[ -n "$principal" ] || { echo 'There is no service principal yet: somebody has to make it first (part service_principal).' >&2; exit 1; }
# [end]

# [consent]
# --- Admin consent: application permissions ---
granted=$(call GET "/servicePrincipals/$principal/appRoleAssignments" | jq '[.value[]?.appRoleId]')
for permission in {{permissions}}; do
  id=$(role_of "$permission")
  if [ "$(jq --arg id "$id" 'index($id)' <<<"${granted:-[]}")" = null ]; then
    call POST "/servicePrincipals/$resource_id/appRoleAssignedTo" "{\"principalId\":\"$principal\",\"resourceId\":\"$resource_id\",\"appRoleId\":\"$id\"}" >/dev/null
    said "granted $permission"
  fi
done
# [end]

# [delegated_consent]
# --- Admin consent: delegated permissions ---
grant=$(call GET "/oauth2PermissionGrants?\$filter=$(query "clientId eq '$principal'")" | jq '[.value[] | select(.consentType == "AllPrincipals")][0] // empty')
if [ -z "$grant" ]; then
  call POST /oauth2PermissionGrants "{\"clientId\":\"$principal\",\"consentType\":\"AllPrincipals\",\"principalId\":null,\"resourceId\":\"$resource_id\",\"scope\":\"{{delegated}}\"}" >/dev/null
  said 'granted {{delegated}}'
else
  scope=$(jq --raw-output --arg wanted '{{delegated}}' '(.scope | split(" ") | map(select(. != ""))) as $had | ($had + (($wanted | split(" ")) - $had)) | join(" ")' <<<"$grant")
  if [ "$scope" != "$(jq --raw-output .scope <<<"$grant")" ]; then
    call PATCH "/oauth2PermissionGrants/$(jq --raw-output .id <<<"$grant")" "{\"scope\":\"$scope\"}"
    said 'granted {{delegated}}'
  fi
fi
# [end]

# [owner]
# --- The application owns itself, so that it can replace its own secret ---
owns=$(call GET "/applications/$object_id/owners?\$select=id" | jq --arg id "$principal" '[.value[]? | select(.id == $id)] | length')
if [ "${owns:-0}" = 0 ]; then
  call POST "/applications/$object_id/owners/\$ref" "{\"@odata.id\":\"$graph/directoryObjects/$principal\"}" >/dev/null
  said 'made the application its own owner'
fi
# [end]

# [secret|certificate]
# --- The tenant's policy for secrets and certificates, or the app registration's own in its place ---
policy=$({ call GET "/applications/$object_id/appManagementPolicies" | jq --compact-output '[.value[]? | select(.isEnabled)][0] // empty | .restrictions'; } || true)
[ -n "$policy" ] || policy=$({ call GET /policies/defaultAppManagementPolicy | jq --compact-output 'select(.isEnabled) | .applicationRestrictions'; } || said 'the policy for secrets and certificates is not known; it may refuse what follows')
created=$(jq --raw-output '.createdDateTime // ""' <<<"$app")
# in_force KIND TYPE: the policy's restrictions of that type that hold for this app registration.
in_force() { jq --compact-output --arg created "$created" "[.$1[]? | select(.restrictionType == \"$2\" and .state != \"disabled\" and (\$created == \"\" or (.restrictForAppsCreatedAfterDateTime // \"\") <= \$created))]" <<<"${policy:-{\}}"; }
# allowed_days KIND TYPE: how long a new one may live, at most {{days}} days.
allowed_days() { in_force "$1" "$2" | jq '[{{days}}, (.[].maxLifetime // empty | capture("^P((?<y>[0-9]+)Y)?((?<m>[0-9]+)M)?((?<w>[0-9]+)W)?((?<d>[0-9]+)D)?") | [((.y // "0") | tonumber) * 365, ((.m // "0") | tonumber) * 28, ((.w // "0") | tonumber) * 7, ((.d // "0") | tonumber)] | add)] | min'; }
# [end]
# [secret]
# --- Client secret {{secret}}, {{days}} days, or fewer where the tenant's policy says so ---
valid=$(call GET "/applications/$object_id?\$select=passwordCredentials" | jq '[.passwordCredentials[]? | select((.endDateTime | sub("\\.[0-9]+"; "") | fromdate) > now)] | length')
if [ "${valid:-0}" = 0 ]; then
  [ "$(in_force passwordCredentials passwordAddition)" = '[]' ] || { echo "This tenant's policy forbids client secrets: choose a certificate in their place (tenant script --certificate)." >&2; exit 1; }
  days=$(allowed_days passwordCredentials passwordLifetime)
  [ "$days" = {{days}} ] || said "this tenant's policy allows $days days"
  # Two hours less than the policy allows, because clocks differ.
  end=$(jq --null-input --raw-output --argjson days "$days" 'now + $days * 86400 - (if $days < {{days}} then 7200 else 0 end) | todate')
  secret=$(call POST "/applications/$object_id/addPassword" "{\"passwordCredential\":{\"displayName\":\"{{secret}}\",\"endDateTime\":\"$end\"}}")
  printf 'Directory (tenant) ID:   %s\nApplication (client) ID: %s\nClient secret Value:     %s\n' "$tenant" "$app_id" "$(jq --raw-output .secretText <<<"$secret")"
else
  said "an existing client secret is valid; its Value cannot be shown again"
fi
# [end]
# [certificate]
# --- Certificate {{secret}}, {{days}} days, or fewer where the tenant's policy says so ---
# Graph takes the list as a whole: the certificates that are there go back as they came.
certificates=$(call GET "/applications/$object_id?\$select=keyCredentials" | jq --compact-output '.keyCredentials // []')
valid=$(jq '[.[] | select((.endDateTime | sub("\\.[0-9]+"; "") | fromdate) > now)] | length' <<<"$certificates")
if [ "$valid" = 0 ]; then
  days=$(allowed_days keyCredentials asymmetricKeyLifetime)
  [ "$days" = {{days}} ] || { said "this tenant's policy allows $days days"; days=$((days - 1)); }
  umask 077
  openssl req -x509 -newkey rsa:3072 -nodes -days "$days" -subj '/CN={{secret}}' -keyout "$tenant.key.pem" -out "$tenant.certificate.pem" 2>/dev/null
  key=$(openssl x509 -in "$tenant.certificate.pem" -outform DER | base64 | tr -d '\n')
  call PATCH "/applications/$object_id" "$(jq --compact-output --arg key "$key" '{keyCredentials: (. + [{displayName: "{{secret}}", type: "AsymmetricX509Cert", usage: "Verify", key: $key}])}' <<<"$certificates")"
  cat "$tenant.key.pem" >>"$tenant.certificate.pem"
  rm "$tenant.key.pem"
  printf 'Directory (tenant) ID:   %s\nApplication (client) ID: %s\nCertificate and key:     %s\n' "$tenant" "$app_id" "$PWD/$tenant.certificate.pem"
else
  said "an existing certificate is valid; its private key is where it was made"
fi
# [end]
said 'done'
