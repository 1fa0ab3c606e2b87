# Sets up tenant {{tenant}} for {{provider}}: steps 1 and 2 of the setup guide.
# Written by 'gatehouse tenant script --terraform'. What exists already has to be imported first: terraform import. Parts that
# were left out, and an app registration that was named, are looked up and not made.
# The client secret, or the private key, ends up in Terraform's state; keep that state encrypted.
terraform {
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = "~> 3.0"
    }
    # [partner]
    msgraph = {
      source  = "microsoft/msgraph"
      version = "~> 0.2"
    }
    # [end]
    # [certificate]
    tls = {
      source  = "hashicorp/tls"
      version = "~> 4.0"
    }
    # [end]
  }
}

provider "azuread" {
  tenant_id   = "{{tenant}}"
  environment = "{{azuread_environment}}"
}

# [partner]
provider "msgraph" {
  tenant_id        = "{{tenant}}"
  msgraph_endpoint = "{{graph}}"
}
# [end]

# [guest]
# Guest user
resource "azuread_invitation" "analysts" {
  user_email_address = "{{guest}}"
  user_display_name  = "{{guest_name}}"
  user_type          = "Guest"
  redirect_url       = "{{lands_at}}"

  message {
    language = "en-US"
  }
}

locals {
  guest_id = azuread_invitation.analysts.user_id
}
# [end]

# [known_guest]
# Guest user, whom somebody has invited
data "azuread_user" "analysts" {
  mail = "{{guest}}"
}

locals {
  guest_id = data.azuread_user.analysts.object_id
}
# [end]

# [role]
# {{role_name}} for the guest user
resource "azuread_directory_role_assignment" "analysts" {
  role_id             = "{{role}}"
  principal_object_id = local.guest_id
}
# [end]

# [partner]
# Cross-tenant access, which the azuread provider does not know. An organization has no id but its tenantId, so that
# msgraph_resource cannot find it again; leave the first of these out when the organization is there already.
resource "msgraph_resource_action" "provider" {
  resource_url = "policies/crossTenantAccessPolicy/partners"
  method       = "POST"
  body = {
    tenantId = "{{partner}}"
  }
}

resource "msgraph_update_resource" "provider" {
  depends_on = [msgraph_resource_action.provider]
  url        = "policies/crossTenantAccessPolicy/partners/{{partner}}"
  body = {
    inboundTrust = {
      isMfaAccepted                       = {{mfa}}
      isCompliantDeviceAccepted           = {{compliant}}
      isHybridAzureADJoinedDeviceAccepted = {{hybrid}}
    }
    automaticUserConsentSettings = {
      inboundAllowed = {{redeem}}
    }
  }
}
# [end]

# [application|service_principal|consent|delegated_consent|owner|secret|certificate]
# App registration
data "azuread_application_published_app_ids" "well_known" {}

data "azuread_service_principal" "graph" {
  client_id = data.azuread_application_published_app_ids.well_known.result.MicrosoftGraph
}

locals {
  application_permissions = [{{permissions_quoted}}]
  delegated_permissions   = [{{delegated_quoted}}]
}
# [end]

# [new_application]
resource "azuread_application" "collector" {
  display_name     = "{{application}}"
  sign_in_audience = "AzureADMyOrg"
  tags             = ["{{tag}}", "{{providers_tag}}"]

  required_resource_access {
    resource_app_id = data.azuread_application_published_app_ids.well_known.result.MicrosoftGraph

    dynamic "resource_access" {
      for_each = local.application_permissions
      content {
        id   = data.azuread_service_principal.graph.app_role_ids[resource_access.value]
        type = "Role"
      }
    }

    dynamic "resource_access" {
      for_each = local.delegated_permissions
      content {
        id   = data.azuread_service_principal.graph.oauth2_permission_scope_ids[resource_access.value]
        type = "Scope"
      }
    }
  }

  # Owners are set elsewhere.
  lifecycle {
    ignore_changes = [owners]
  }
}

locals {
  application_id = azuread_application.collector.id
  client_id      = azuread_application.collector.client_id
}
# [end]
# [known_application]
# It is there, so its API permissions are not touched: Terraform would take away those that it does not list. Somebody has to
# add those above under API permissions.
data "azuread_application" "collector" {
  {{known_application}}
}

locals {
  application_id = "/applications/${data.azuread_application.collector.object_id}"
  client_id      = data.azuread_application.collector.client_id
}
# [end]

# [service_principal]
# Service principal
resource "azuread_service_principal" "collector" {
  client_id    = local.client_id
  use_existing = true
}

locals {
  principal_id = azuread_service_principal.collector.object_id
}
# [end]
# [known_service_principal]
# Service principal, which somebody has made
data "azuread_service_principal" "collector" {
  client_id = local.client_id
}

locals {
  principal_id = data.azuread_service_principal.collector.object_id
}
# [end]

# [consent]
# Admin consent: application permissions
resource "azuread_app_role_assignment" "collector" {
  for_each            = toset(local.application_permissions)
  app_role_id         = data.azuread_service_principal.graph.app_role_ids[each.value]
  principal_object_id = local.principal_id
  resource_object_id  = data.azuread_service_principal.graph.object_id
}
# [end]

# [delegated_consent]
# Admin consent: delegated permissions
resource "azuread_service_principal_delegated_permission_grant" "collector" {
  service_principal_object_id          = local.principal_id
  resource_service_principal_object_id = data.azuread_service_principal.graph.object_id
  claim_values                         = local.delegated_permissions
}
# [end]

# [owner]
# The application owns itself, so that it can replace its own secret
resource "azuread_application_owner" "itself" {
  application_id  = local.application_id
  owner_object_id = local.principal_id
}
# [end]

# [secret]
# Client secret. This tenant's policy (Entra ID > Enterprise applications > Application policies) may allow fewer hours, or none:
# then put its hours here, or print this with --certificate.
resource "azuread_application_password" "collector" {
  application_id = local.application_id
  display_name   = "{{secret}}"
  end_date       = timeadd(plantimestamp(), "{{hours}}h") # {{days}} days

  lifecycle {
    ignore_changes = [end_date]
  }
}

output "client_secret" {
  value     = azuread_application_password.collector.value
  sensitive = true
}
# [end]

# [certificate]
# Certificate. This tenant's policy (Entra ID > Enterprise applications > Application policies) may allow fewer hours: then put
# those here.
resource "tls_private_key" "collector" {
  algorithm = "RSA"
  rsa_bits  = 3072
}

resource "tls_self_signed_cert" "collector" {
  private_key_pem       = tls_private_key.collector.private_key_pem
  validity_period_hours = {{hours}} # {{days}} days
  allowed_uses          = ["digital_signature"]

  subject {
    common_name = "{{secret}}"
  }
}

resource "azuread_application_certificate" "collector" {
  application_id = local.application_id
  type           = "AsymmetricX509Cert"
  value          = tls_self_signed_cert.collector.cert_pem
  end_date       = tls_self_signed_cert.collector.validity_end_time
}

output "certificate_and_private_key" {
  value     = "${tls_self_signed_cert.collector.cert_pem}${tls_private_key.collector.private_key_pem_pkcs8}"
  sensitive = true
}
# [end]

# [application|service_principal|consent|delegated_consent|owner|secret|certificate]
output "application_id" {
  value = local.client_id
}
# [end]
