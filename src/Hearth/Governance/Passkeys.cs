using System.Text.Json;
using Hearth.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Hearth.Governance;

/// <summary>A passkey of an account.</summary>
/// <param name="Id">The credential's id, base64url.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Since">When it was added.</param>
/// <param name="BackedUp">True when it lives in more than one device, so that losing one loses nothing.</param>
public sealed record PasskeyView(string Id, string Name, DateTimeOffset Since, bool BackedUp);

/// <summary>Passkeys (Web Authentication, level 3): sign in without a password and without anything that could be told to a false page.</summary>
/// <remarks>A passkey counts as both factors: the device is had, and asks for a finger, a face or a PIN.</remarks>
public sealed class Passkeys(Database db, UserManager<Account> users, SignInManager<Account> manager, SignIn signIn, TimeProvider clock)
{
    public const int Most = 20;
    public const int NameLength = 60;

    internal static void Configure(IdentityPasskeyOptions options)
    {
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required"; // so that nobody types an address first
        options.AuthenticatorTimeout = TimeSpan.FromMinutes(5);
    }

    /// <summary>The account's passkeys, the oldest first.</summary>
    public async Task<IReadOnlyList<PasskeyView>> Of(Actor me) =>
        [.. (await users.GetPasskeysAsync(await Account(me))).OrderBy(p => p.CreatedAt).Select(p => new PasskeyView(Id(p.CredentialId), p.Name ?? "Passkey", p.CreatedAt, p.IsBackedUp))];

    /// <summary>What the browser is asked to make (PublicKeyCredentialCreationOptions as JSON); the answer is for <see cref="Add"/>.</summary>
    public async Task<string> ToMake(Actor me)
    {
        var account = await Account(me);
        return await manager.MakePasskeyCreationOptionsAsync(new() { Id = account.Id.ToString(), Name = account.Email ?? account.Name, DisplayName = account.Name });
    }

    /// <summary>What the browser is asked to show (PublicKeyCredentialRequestOptions as JSON); the answer is for <see cref="Enter"/>.</summary>
    public Task<string> ToShow() => manager.MakePasskeyRequestOptionsAsync(user: null);

    /// <summary>Keeps the passkey that the browser made.</summary>
    /// <param name="me">Whose it is.</param>
    /// <param name="credential">What the browser answered, as JSON.</param>
    /// <param name="name">What to call it, at most 60 characters; "Passkey" when empty.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>What is wrong; empty when it is kept.</returns>
    public async Task<IReadOnlyList<FieldError>> Add(Actor me, string credential, string? name, CancellationToken ct)
    {
        name = string.IsNullOrWhiteSpace(name) ? "Passkey" : name.Trim();
        if (name.Length > NameLength || name.Any(char.IsControl)) return [new("name", $"must have at most {NameLength} characters")];
        var account = await Account(me);
        if ((await users.GetPasskeysAsync(account)).Count >= Most) return [new("", $"An account has at most {Most} passkeys")];
        if (!IsJson(credential)) return [new("", "The browser did not answer with a passkey")];
        var made = await manager.PerformPasskeyAttestationAsync(credential);
        if (!made.Succeeded) return [new("", "The passkey was not accepted: " + made.Failure.Message)];
        if (made.UserEntity.Id != account.Id.ToString()) return [new("", "The passkey was made for another account")];
        if (await users.FindByPasskeyIdAsync(made.Passkey.CredentialId) is not null) return [new("", "This passkey is in use already")];
        made.Passkey.Name = name;
        await db.InTransaction(async () =>
        {
            db.Record(new PasskeyChanged(me.Id, name, true, clock.Now()));
            await users.AddOrUpdatePasskeyAsync(account, made.Passkey);
        }, ct);
        return [];
    }

    /// <summary>Takes a passkey away. False when the account has no such passkey.</summary>
    public async Task<bool> Remove(Actor me, string id, CancellationToken ct)
    {
        var account = await Account(me);
        if ((await users.GetPasskeysAsync(account)).FirstOrDefault(p => Id(p.CredentialId) == id) is not { } passkey) return false;
        await db.InTransaction(async () =>
        {
            db.Record(new PasskeyChanged(me.Id, passkey.Name ?? "", false, clock.Now()));
            await users.RemovePasskeyAsync(account, passkey.CredentialId);
        }, ct);
        return true;
    }

    /// <summary>Signs in by the passkey that the browser showed.</summary>
    public async Task<SignInOutcome> Enter(string credential, bool stay, CancellationToken ct)
    {
        if (!IsJson(credential)) return new SignInOutcome.Refused();
        var shown = await manager.PerformPasskeyAssertionAsync(credential);
        if (!shown.Succeeded || !shown.User.Active) return new SignInOutcome.Refused();
        await users.AddOrUpdatePasskeyAsync(shown.User, shown.Passkey); // its counter tells a copied key from the true one
        return await signIn.ByPasskey(shown.User, stay, ct);
    }

    private async Task<Account> Account(Actor me) => await users.FindByIdAsync(me.Id.Value.ToString()) ?? throw new InvalidOperationException("The account is gone.");

    private static string Id(byte[] credential) => System.Buffers.Text.Base64Url.EncodeToString(credential);

    // Identity takes what is no JSON for a mistake of the program.
    private static bool IsJson(string text)
    {
        try
        {
            using var read = JsonDocument.Parse(text);
            return read.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>How a passkey's data stands in one column.</summary>
internal static class PasskeyJson
{
    public static readonly ValueConverter<IdentityPasskeyData, string> Convert = new(data => Write(data), text => Read(text));

    public static readonly ValueComparer<IdentityPasskeyData> Compare = new((a, b) => Write(a!) == Write(b!), data => Write(data).GetHashCode(StringComparison.Ordinal), data => Read(Write(data)));

    private static string Write(IdentityPasskeyData data) => JsonSerializer.Serialize(data);

    private static IdentityPasskeyData Read(string text) => JsonSerializer.Deserialize<IdentityPasskeyData>(text)!;
}
