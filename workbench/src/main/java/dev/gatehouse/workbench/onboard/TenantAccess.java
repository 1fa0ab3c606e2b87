package dev.gatehouse.workbench.onboard;

import dev.gatehouse.model.Cloud;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.plan.Applied;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Progress;
import dev.gatehouse.setup.signin.SignInMethod;
import java.util.Set;
import java.util.function.Consumer;

/** Where an administrator of a customer signs in and lets us work. */
interface TenantAccess {

    /**
     * Opens the tenant; nobody is asked yet.
     *
     * @param show is given the code that the administrator types
     */
    Visit visit(SetUp setUp, Cloud cloud, Consumer<SignInMethod.Code> show);

    /** One administrator's time with us. Their token lives in here, and ends with it. */
    interface Visit extends AutoCloseable {

        /**
         * Asks for permissions to read, and these.
         *
         * @return the name of whoever signed in
         * @throws RunFailed when nobody got in
         */
        String signIn(Set<String> scopes) throws InterruptedException;

        /**
         * Reads the tenant and compares.
         *
         * @throws RunFailed when it cannot be read
         */
        Plan plan(Desired desired) throws InterruptedException;

        /**
         * Carries a plan out, as far as the administrator may.
         *
         * @throws RunFailed when it takes a person to go on
         */
        Applied apply(Plan plan, SecretKeeper keeper, Progress progress) throws InterruptedException;

        @Override
        void close();
    }
}
