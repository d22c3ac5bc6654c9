using Hearth.Operations.Changes;

namespace Hearth.App.Demo;

/// <summary>What Emberly does about a planted cause, and how it tells people.</summary>
/// <param name="Cause">Of which cause.</param>
/// <param name="Title">What the change is called.</param>
/// <param name="Kind">What is changed.</param>
/// <param name="What">What is done.</param>
/// <param name="Why">Why it should help.</param>
/// <param name="Cost">In whole euros.</param>
/// <param name="Units">How many it reaches; null when not counted.</param>
/// <param name="Region">Where; null for everywhere.</param>
/// <param name="Words">By language: what people are told.</param>
/// <param name="Unapproved">A language whose words nobody has approved yet.</param>
internal sealed record DemoFix(string Cause, string Title, ChangeKind Kind, string What, string Why, int Cost, int? Units, string? Region, IReadOnlyDictionary<string, string> Words, string? Unapproved = null);

/// <summary>Emberly's changes: two that work, one that is being measured, one that only looked like help, one that is still planned.</summary>
internal static class DemoFixes
{
    public static readonly DemoFix[] All =
    [
        new("hinge", "A steel hinge for the Hush flask", ChangeKind.ProductDesign, "A steel pin instead of the plastic one, in every lid that leaves the works; older lids are exchanged free of charge.",
            "All broken lids that came back had cracked at the pin. The steel one survived 40,000 openings on the bench.", 18_400, 9_200, null,
            Say("You told us the lid hinge of the Hush flask cracks, {name}. It is made of steel now, and we exchange your lid for nothing: emberly.example/lid",
                "{name}, Sie haben uns vom gebrochenen Scharnier der Hush erzählt. Es ist jetzt aus Stahl, und Ihren Deckel tauschen wir kostenlos: emberly.example/lid",
                "{name}, nos contaste que la bisagra de la tapa se rompe. Ahora es de acero y te cambiamos la tapa gratis: emberly.example/lid",
                "{name}, contou-nos que a dobradiça da tampa parte. Agora é de aço e trocamos a sua tampa de graça: emberly.example/lid",
                "{name}, vous nous aviez parlé de la charnière qui casse. Elle est en acier maintenant, et nous échangeons votre couvercle : emberly.example/lid")),
        new("checkout", "Speak the wallet provider's new version", ChangeKind.Process, "The shop speaks version 4 of the wallet provider's interface; all double charges are paid back.",
            "Every failed payment of that month went through the old version, which the provider had begun to switch off.", 3_100, null, null,
            Say("Paying by wallet works again, {name}, and what was charged twice is on its way back to you. Thank you for telling us.",
                "Die Zahlung per Wallet geht wieder, {name}, und doppelt Abgebuchtes ist auf dem Rückweg. Danke für den Hinweis.",
                "El pago con monedero vuelve a funcionar, {name}, y lo cobrado dos veces va de vuelta. Gracias por avisar.",
                "O pagamento com carteira já funciona, {name}, e o que foi cobrado duas vezes está a ser devolvido. Obrigado.",
                "Le paiement par portefeuille marche de nouveau, {name}, et ce qui a été débité deux fois vous est rendu. Merci.")),
        new("glow", "Firmware 1.3 for the Glowjar, and an honest box", ChangeKind.ProductDesign, "Firmware that saves power on the middle level: sixteen hours, measured. The box and the page say sixteen from now on.",
            "The middle level drew a third more than it was designed to.", 6_700, 5_400, "EU and UK",
            Say("The Glowjar lasts sixteen hours with firmware 1.3, {name}, measured, and the box says so now. How to get it: emberly.example/glow",
                "Mit Firmware 1.3 leuchtet die Glowjar sechzehn Stunden, {name}, gemessen, und so steht es jetzt auf der Schachtel: emberly.example/glow",
                "Con el firmware 1.3 la Glowjar dura dieciséis horas, {name}, medidas, y ahora la caja lo dice: emberly.example/glow",
                "Com o firmware 1.3 a Glowjar dura dezasseis horas, {name}, medidas, e agora a caixa di-lo: emberly.example/glow",
                "Avec la version 1.3, la Glowjar tient seize heures, {name}, mesurées, et la boîte le dit maintenant : emberly.example/glow"), Unapproved: "de"),
        new("wait", "An automatic first answer at weekends", ChangeKind.Process, "Whoever writes between Friday evening and Monday noon gets a confirmation within a minute, with links to the help pages.",
            "People seem to want to know that their words arrived.", 900, null, null,
            Say("You waited for us over a weekend, {name}. From now on you hear at once that your words arrived.",
                "Sie haben ein Wochenende auf uns gewartet, {name}. Ab jetzt hören Sie sofort, dass Ihre Nachricht da ist.",
                "Esperaste un fin de semana, {name}. Desde ahora sabrás al momento que tu mensaje llegó.",
                "Esperou um fim de semana, {name}. A partir de agora sabe logo que a mensagem chegou.",
                "Vous avez attendu tout un week-end, {name}. Désormais vous saurez aussitôt que votre message est arrivé.")),
        new("depot", "A second sorter in the north", ChangeKind.Process, "A second sorting line at the northern depot; parcels for the north leave from the south until it runs.",
            "The one line sorts 2,100 parcels a day and 2,900 arrive.", 64_000, null, "North", new Dictionary<string, string>()),
    ];

    private static Dictionary<string, string> Say(string en, string de, string es, string pt, string fr) => new(StringComparer.Ordinal) { ["en"] = en, ["de"] = de, ["es"] = es, ["pt"] = pt, ["fr"] = fr };
}
