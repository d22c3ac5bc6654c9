namespace Hearth.App.Demo;

/// <summary>What people say in German, Spanish, Portuguese and French. Fewer forms than in English: it is a smaller share of the talk.</summary>
internal static class OtherPosts
{
    public static readonly Dictionary<string, Dictionary<string, string[]>> Lexicons = new(StringComparer.Ordinal)
    {
        ["de"] = new(StringComparer.Ordinal)
        {
            ["where"] = ["im Schwarzwald", "an der Ostsee", "auf der Hütte", "in den Alpen", "am Wochenende", "auf dem Rad", "im Regen", "bei {city}"],
            ["sigh"] = ["Sehr ärgerlich.", "Schade.", "Das geht besser.", "", "Ich bin enttäuscht.", "Was nun?"],
            ["glad"] = ["einfach super", "ich bin begeistert", "jeden Cent wert", "klare Empfehlung", "rundum zufrieden"],
            ["cause.hinge"] = ["Das Scharnier am Deckel meiner {product} ist nach {weeks} Wochen [gebrochen|gerissen]. {sigh}", "{product}: Deckel undicht, Scharnier [kaputt|gebrochen]. Rucksack nass. {sigh}", "Schon die zweite {product} mit gebrochenem Scharnier, @emberly. {sigh}"],
            ["cause.depot"] = ["Seit {days} Tagen warte ich auf mein Paket von Emberly, versprochen waren zwei. {sigh}", "Lieferung hängt {where} fest, {days} Tage schon. {sigh} @emberly", "{days} Tage Lieferzeit statt zwei. {sigh}"],
            ["cause.wait"] = ["Emberly-Support antwortet am Wochenende nicht, {hours} Stunden Wartezeit. {sigh}", "Seit {hours} Stunden keine Antwort vom Kundendienst, @emberly. {sigh}"],
            ["cause.glow"] = ["Der Akku der {product} hält {hours} Stunden, nicht zwanzig. {sigh}", "{product} nach {hours} Stunden leer, {where} im Dunkeln. {sigh}"],
            ["cause.strap"] = ["Die Träger vom {product} schneiden ein, {where} nach zwei Stunden Schmerzen. {sigh}"],
            ["cause.checkout"] = ["Bezahlen bei Emberly geht nicht, Fehler nach dem letzten Schritt. {sigh}", "Zweimal abgebucht, keine Bestellung. {sigh} @emberly"],
            ["praise"] = ["{product} {where}: {glad}!", "Danke @emberly für die schnelle Hilfe, {glad}.", "Mein {product} nach einem Jahr: {glad}. #camping", "Kaffee {where} mit {product}, {glad}."],
            ["question"] = ["Passt der {product} ins Handgepäck?", "Wie reinige ich meinen {product}, @emberly?", "Gibt es Ersatzteile für {product}, {where} braucht man sowas?", "Liefert Emberly auch in die Schweiz?"],
            ["purchase"] = ["Ich möchte mir {product} kaufen, gibt es bald ein Angebot?", "Wo bekomme ich {product} {where}?", "Lohnt sich {product} für {price} Euro?"],
            ["idea"] = ["Vorschlag an Emberly: {product} bitte in Grün.", "Es wäre toll, wenn es für {product} Ersatzteile gäbe."],
            ["noise"] = ["Packliste fürs Wochenende {where}: Zelt, Emberly-Kocher, zu viel Schokolade.", "Neues Emberly-Video, gedreht {where}.", "Heute Emberly-Plakat gesehen, {where}."],
            ["grumble"] = ["{price} Euro für {product} ist viel Geld. {sigh}", "{product} schon wieder ausverkauft. {sigh}"],
            ["again"] = ["Danke, das hat geholfen!", "Super, vielen Dank.", "Hat leider nicht geklappt.", "Danke für die schnelle Antwort!"],
        },
        ["es"] = new(StringComparer.Ordinal)
        {
            ["where"] = ["en los Pirineos", "en la playa", "de camping", "en el Camino", "cerca de {city}", "este fin de semana"],
            ["sigh"] = ["Qué decepción.", "Muy mal.", "", "Así no.", "¿Y ahora qué?"],
            ["glad"] = ["una maravilla", "me encanta", "vale cada euro", "lo recomiendo"],
            ["cause.hinge"] = ["La bisagra de la tapa de mi {product} se rompió a las {weeks} semanas. {sigh}", "{product}: tapa rota, mochila mojada {where}. {sigh}"],
            ["cause.depot"] = ["Llevo {days} días esperando el pedido de Emberly, prometían dos. {sigh}", "El paquete de Emberly lleva {days} días parado {where}. {sigh}"],
            ["cause.wait"] = ["{hours} horas sin respuesta de @emberly el fin de semana. {sigh}", "Nadie contesta en el soporte de Emberly, {hours} horas ya. {sigh}"],
            ["cause.glow"] = ["La batería de {product} dura {hours} horas, no veinte. {sigh}", "{product} se apagó {where} a las {hours} horas. {sigh}"],
            ["cause.strap"] = ["Las correas de {product} hacen daño {where}. {sigh}"],
            ["cause.checkout"] = ["No puedo pagar en la web de Emberly, error en el último paso. {sigh}", "Emberly me cobró dos veces. {sigh}"],
            ["praise"] = ["{product} {where}: {glad}.", "Gracias @emberly por la ayuda, {glad}!", "Café {where} con {product}, {glad}."],
            ["question"] = ["¿Se puede llevar {product} en el avión?", "¿Cómo se limpia {product}, @emberly?", "¿Emberly envía a Canarias?"],
            ["purchase"] = ["Quiero comprar {product}, ¿habrá oferta pronto?", "¿Dónde puedo comprar {product} {where}?"],
            ["idea"] = ["Idea para Emberly: vender piezas de repuesto de {product}.", "Estaría bien {product} en verde."],
            ["noise"] = ["Todo listo para salir {where}: tienda, hornillo Emberly y muchas ganas.", "Nuevo vídeo de Emberly {where}."],
            ["grumble"] = ["{price} euros por {product} es demasiado. {sigh}", "{product} agotado otra vez. {sigh}"],
            ["again"] = ["¡Gracias, funciona!", "Perfecto, muchas gracias.", "Sigue igual, la verdad.", "Gracias por responder tan rápido."],
        },
        ["pt"] = new(StringComparer.Ordinal)
        {
            ["where"] = ["na serra", "na praia", "no acampamento", "perto de {city}", "este fim de semana"],
            ["sigh"] = ["Que desilusão.", "Muito mau.", "", "Assim não dá."],
            ["glad"] = ["uma maravilha", "adoro", "vale cada cêntimo", "recomendo muito"],
            ["cause.hinge"] = ["A dobradiça da tampa da minha {product} partiu em {weeks} semanas. {sigh}", "{product} a verter {where}, tampa partida. {sigh}"],
            ["cause.depot"] = ["Há {days} dias à espera da encomenda da Emberly, prometeram dois. {sigh}", "A entrega da Emberly está parada {where} há {days} dias. {sigh}"],
            ["cause.wait"] = ["{hours} horas sem resposta do apoio da Emberly. {sigh}"],
            ["cause.glow"] = ["A bateria da {product} dura {hours} horas e não vinte. {sigh}"],
            ["cause.strap"] = ["As alças da {product} magoam {where}. {sigh}"],
            ["cause.checkout"] = ["O pagamento no site da Emberly dá erro no fim. {sigh}"],
            ["praise"] = ["{product} {where}: {glad}!", "Obrigado @emberly pela ajuda, {glad}.", "Chá {where} com a {product}, {glad}."],
            ["question"] = ["Posso levar a {product} no avião?", "A Emberly envia para os Açores?", "Como se limpa a {product}?"],
            ["purchase"] = ["Quero comprar a {product}, vai haver promoção?", "Onde posso comprar a {product} {where}?"],
            ["idea"] = ["Sugestão para a Emberly: {product} em verde.", "Era bom haver peças para a {product}."],
            ["noise"] = ["Mochila pronta para sair {where}, com o fogão Emberly.", "Vi um vídeo da Emberly {where}."],
            ["grumble"] = ["{price} euros pela {product} é muito. {sigh}", "{product} esgotada outra vez. {sigh}"],
            ["again"] = ["Obrigado, já funciona!", "Perfeito, muito obrigada.", "Continua na mesma."],
        },
        ["fr"] = new(StringComparer.Ordinal)
        {
            ["where"] = ["dans les Vosges", "à la plage", "en bivouac", "près de {city}", "ce week-end", "sur le GR20"],
            ["sigh"] = ["Quelle déception.", "Vraiment dommage.", "", "Pas sérieux."],
            ["glad"] = ["une merveille", "j'adore", "je recommande", "vaut son prix"],
            ["cause.hinge"] = ["La charnière du couvercle de ma {product} a cassé après {weeks} semaines. {sigh}", "{product} qui fuit {where}, couvercle cassé. {sigh}"],
            ["cause.depot"] = ["{days} jours que j'attends ma commande Emberly, promise en deux. {sigh}", "Colis Emberly bloqué {where} depuis {days} jours. {sigh}"],
            ["cause.wait"] = ["{hours} heures sans réponse du service client Emberly. {sigh}"],
            ["cause.glow"] = ["La batterie de la {product} tient {hours} heures, pas vingt. {sigh}"],
            ["cause.strap"] = ["Les bretelles du {product} font mal {where}. {sigh}"],
            ["cause.checkout"] = ["Impossible de payer sur le site Emberly, erreur à la fin. {sigh}"],
            ["praise"] = ["{product} {where} : {glad} !", "Merci @emberly pour l'aide, {glad}.", "Un thé {where} avec {product}, {glad}."],
            ["question"] = ["Peut-on prendre {product} en avion ?", "Comment nettoyer {product}, @emberly ?", "Emberly livre-t-il en Corse ?"],
            ["purchase"] = ["Je veux acheter {product}, une promo bientôt ?", "Où acheter {product} {where} ?"],
            ["idea"] = ["Idée pour Emberly : vendre des pièces pour {product}.", "Ce serait bien d'avoir {product} en vert."],
            ["noise"] = ["Sac prêt pour partir {where}, réchaud Emberly compris.", "Nouvelle vidéo Emberly {where}."],
            ["grumble"] = ["{price} euros pour {product}, c'est cher. {sigh}", "{product} encore en rupture. {sigh}"],
            ["again"] = ["Merci, ça marche !", "Parfait, merci beaucoup.", "Toujours pareil, hélas."],
        },
    };
}
