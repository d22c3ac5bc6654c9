using Hearth.People.Consent;
using Hearth.People.Erasure;
using Hearth.People.Merging;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.People;

/// <summary>Who speaks: persons and their accounts on networks, who of them are one, what they agreed to, and how they are forgotten.</summary>
public static class PeopleModule
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSchema<PeopleSchema>()
        .AddScoped<ResolvePeople>().AddScoped<KnownProfiles>().AddScoped<ReadPeople>().AddScoped<RenamePerson>().AddScoped<OptOuts>().AddScoped<ListPeople>()
        .AddScoped<MergePersons>().AddScoped<KeepSigns>().AddScoped<ReadProposals>().AddScoped<DecideProposal>().AddRecurringJob<LookForSamePersons, FindSamePersons>(FindSamePersons.Every)
        .AddScoped<Consents>().AddSingleton<ConsentLinks>()
        .AddScoped<ErasedAccounts>().AddScoped<ErasePerson>().AddScoped<ReadErasures>().AddScoped<ExportPerson>().AddJob<ErasePersonData, ErasePersonRun>(maxAttempts: 50)
        .AddScoped<IPersonalData, PeoplePersonalData>();

    public static IEndpointRouteBuilder MapPeople(this IEndpointRouteBuilder api)
    {
        ReadPeople.Map(api);
        RenamePerson.Map(api);
        OptOuts.Map(api);
        ListPeople.Map(api);
        MergingApi.Map(api);
        ConsentApi.Map(api);
        ErasureApi.Map(api);
        return api;
    }
}
