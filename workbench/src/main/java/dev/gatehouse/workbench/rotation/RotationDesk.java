package dev.gatehouse.workbench.rotation;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.model.Connection;
import dev.gatehouse.setup.CloudAccess;
import dev.gatehouse.setup.signin.AdminSignIn;
import dev.gatehouse.setup.signin.AdminSignInFailed;
import dev.gatehouse.setup.signin.Way;
import dev.gatehouse.workbench.devices.Credentials;
import dev.gatehouse.workbench.devices.NoSuchDevice;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.lease.Background;
import dev.gatehouse.workbench.lease.Fault;
import dev.gatehouse.workbench.store.Fence;
import dev.gatehouse.workbench.store.LeaseLost;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Where people ask for a new secret or certificate: with the application's own right when it has it, otherwise with that of an
 * administrator who types a code on Microsoft's page. The administrator's token is kept in memory until the end.
 */
@Component
public class RotationDesk implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(RotationDesk.class);
    private static final Set<String> SCOPES = Set.of("Application.ReadWrite.All");
    private static final String WHO_MAY =
            "Press the button again. It takes an Application Administrator, a Cloud Application Administrator or an owner of the app registration.";

    private final SecurityDevices devices;
    private final Rotations rotations;
    private final Rotator rotator;
    private final ApplicationEventPublisher events;
    private final PageMemory memory;
    private final InstantSource clock;
    private final Background background;
    private final Map<UUID, Thread> underWay = new ConcurrentHashMap<>();
    private final Map<UUID, SignInCode> codes = new ConcurrentHashMap<>();

    RotationDesk(
            SecurityDevices devices,
            Rotations rotations,
            Rotator rotator,
            ApplicationEventPublisher events,
            PageMemory memory,
            InstantSource clock,
            Background background) {
