using Hearth.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Governance;

public static class GovernanceModule
{
    private const string Either = "Cookie or key";

    public static IServiceCollection AddGovernance(this IServiceCollection services)
    {
        services.AddSchema<GovernanceSchema>();
        services.AddScoped<Staff>().AddScoped<Mailboxes>().AddScoped<SignInLinks>().AddScoped<Welcome>().AddScoped<SignIn>().AddScoped<SignUp>();
        services.AddScoped<ManageStaff>().AddScoped<OwnAccount>().AddScoped<SecondFactor>().AddScoped<Keys>().AddScoped<ReadRecord>().AddScoped<Certifications>();
        services.AddScoped<MailedLinks>().AddScoped<AccountLetters>().AddScoped<EnterByMail>().AddScoped<Newcomers>().AddScoped<Guests>().AddScoped<Passkeys>();
        services.AddScoped<OidcProviders>().AddScoped<OidcSignIn>().AddScoped<OidcAccounts>().AddSingleton<OidcMetadata>();
        services.AddHttpContextAccessor();
        services.AddIdentityCore<Account>(options =>
        {
            options.User.RequireUniqueEmail = true;
            options.User.AllowedUserNameCharacters = ""; // it is an e-mail address, checked as one

            // Length is what counts (NIST SP 800-63B, section 3.1.1.2); it is checked in Accounts.
            options.Password.RequiredLength = Accounts.PasswordLength;
            options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
            options.Password.RequiredUniqueChars = 1;
            options.Lockout.MaxFailedAccessAttempts = SignIn.Tries;
            options.Lockout.DefaultLockoutTimeSpan = SignIn.LockedFor;
        }).AddEntityFrameworkStores<Database>().AddSignInManager().AddDefaultTokenProviders().AddClaimsPrincipalFactory<Principal>();
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = context => context.Request.Headers.Authorization.Count > 0 ? KeyAuthentication.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.Scheme, null)
            .AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(Cookie));
        services.Configure<IdentityPasskeyOptions>(Passkeys.Configure);
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicAddress>((o, address) => o.ServerDomain = address.Given is { } given ? new Uri(given).Host : null);
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromSeconds(10)); // how long somebody who was shut out still gets in
        return services.AddAuthorization(Access.Policies);
    }

    public static IEndpointRouteBuilder MapGovernance(this IEndpointRouteBuilder api)
    {
        GovernanceApi.Map(api);
        SignOnApi.Map(api);
        return api;
    }

    private static void Cookie(Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "hearth_in";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest; // over HTTPS it never leaves HTTPS; loopback works without
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/not-allowed";
        options.ReturnUrlParameter = "to";
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    // A person is led to a page; a program is told.
    private static Task Answer(RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api")) context.Response.StatusCode = status;
        else context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
