using Hearth.Platform;

namespace Hearth.Governance;

/// <summary>Somebody can now sign in: an owner at the first start, an invited person, or a member of the public.</summary>
public sealed record AccountOpened(UserId User, string Name, Role Role, DateTimeOffset At) : IFact
{
    public string Subject => "person:" + User.Value;
}

/// <summary>A person of the brand was invited; the one-time link was shown to <paramref name="By"/>.</summary>
public sealed record PersonInvited(UserId User, string Name, Department? Department, Role Role, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "person:" + User.Value;
}

/// <summary>Somebody's role or department is now this.</summary>
public sealed record DutiesChanged(UserId User, Department? Department, Role Role, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "person:" + User.Value;
}

/// <summary>Somebody can no longer sign in, or, with <paramref name="Active"/>, can again.</summary>
public sealed record AccessChanged(UserId User, bool Active, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "person:" + User.Value;
}

public sealed record SignedIn(UserId User, string Method, DateTimeOffset At) : IFact
{
    public string Subject => "person:" + User.Value;
}

/// <summary>The second factor was switched on or off.</summary>
public sealed record SecondFactorChanged(UserId User, bool On, DateTimeOffset At) : IFact
{
    public string Subject => "person:" + User.Value;
}

public sealed record KeyMade(KeyId Key, string Name, IReadOnlyList<string> Scopes, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "key:" + Key.Value;
}

public sealed record KeyRevoked(KeyId Key, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "key:" + Key.Value;
}

/// <summary>Somebody opened a link that was sent to the account's address.</summary>
public sealed record AddressConfirmed(UserId User, DateTimeOffset At) : IFact
{
    public string Subject => "person:" + User.Value;
}

/// <summary>Somebody who took part without a name now has an account: what they did is that account's.</summary>
/// <param name="Guest">Who they were.</param>
/// <param name="Member">Who they are; the same id when the guest's account became the member's.</param>
/// <param name="At">When.</param>
public sealed record GuestJoined(UserId Guest, UserId Member, DateTimeOffset At) : IFact
{
    public string Subject => "person:" + Guest.Value;
}

/// <summary>A passkey was added to an account or taken from it.</summary>
public sealed record PasskeyChanged(UserId User, string Name, bool Added, DateTimeOffset At) : IFact
{
    public string Subject => "person:" + User.Value;
}

/// <summary>An account can, or with <paramref name="Added"/> false can no longer, be signed in to by a provider.</summary>
public sealed record SingleSignOnChanged(UserId User, string Provider, bool Added, DateTimeOffset At) : IFact
{
    public string Subject => "person:" + User.Value;
}

/// <summary>A provider of single sign-on was set, or with <paramref name="Kept"/> false removed.</summary>
public sealed record OidcProviderChanged(string Slug, string Issuer, bool Kept, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "sign-on:" + Slug;
}

/// <summary>Somebody may state facts at a level in the brand's name until it ends.</summary>
public sealed record CertificateGranted(CertificateId Certificate, UserId User, CertificationLevel Level, UserId By, DateTimeOffset Ends, DateTimeOffset At) : IFact
{
    public string Subject => "certificate:" + Certificate.Value;
}

public sealed record CertificateRevoked(CertificateId Certificate, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "certificate:" + Certificate.Value;
}
