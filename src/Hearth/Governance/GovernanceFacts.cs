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
