using System.Text.RegularExpressions;
using Vkp.Adapters;
using Vkp.Hub.Faces;

namespace Vkp.Hub.SelfTest;

/// <summary>The errors a vendor can meet, in the words of the vendor's own country: what is wrong, and what to do. The English beside it is the error's own.</summary>
public static partial class VendorAdvice
{
    /// <summary>What the municipality, or a person there, puts right: the vendor need not send again.</summary>
    private static readonly HashSet<string> OfTheMunicipality = ["VKP-113", "VKP-114", "VKP-115", "VKP-117", "VKP-131", "VKP-132", "VKP-133", "VKP-284", "VKP-287"];

    public static bool IsForTheMunicipality(string code) => OfTheMunicipality.Contains(code);

    /// <summary>Every code that has words of its own.</summary>
    public static IReadOnlyCollection<string> Codes => Words.Keys;

    /// <summary>The national hub's code with its name, `2.1 InvalidSsn`.</summary>
    public static string PublishedCode(VkpError error)
    {
        var code = Outcome.PublishedCode(error);
        return $"{code.Code} {code.Display}";
    }

    /// <summary>What is wrong, and how it is put right.</summary>
    public static (TwoLanguages What, TwoLanguages Fix) Of(VkpError error)
    {
        var (what, fix) = Words.GetValueOrDefault(error.Code, OfRoom(error.Code));
        return (new TwoLanguages(what, error.Message), new TwoLanguages(fix, error.Hint));
    }

    /// <summary>The rules of FHIR and of the profiles are many and their texts English; the journal systems' refusals are the municipality's to read.</summary>
    private static (string What, string Fix) OfRoom(string code) => code[..5] switch
    {
        "VKP-2" => ("Meldingen bryter en regel i FHIR eller i profilen sin.", "Rett stedet som er nevnt. Regelen står i den engelske teksten; 'vkp fhir validate' prøver en fil."),
        "VKP-3" => ("Lageret kunne ikke ta imot meldingen.", "Send den samme hendelsen på nytt."),
        "VKP-5" or "VKP-6" => ("Journalsystemet avviste meldingen.", "Kommunen retter årsaken og sender den på nytt. Du trenger ikke sende igjen."),
        _ => ("Meldingen ble ikke tatt imot slik den er.", "Følg den engelske teksten."),
    };

    public static TwoLanguages OfVerdict(VendorVerdict verdict, int arrived, int such) => verdict switch
    {
        VendorVerdict.Passed => new($"{arrived} mottatt og forstått.", $"{arrived} arrived and understood."),
        VendorVerdict.Repaired => new($"{arrived} mottatt, {such} rettet ved lesing. Et strengt grensesnitt avviser dem.", $"{arrived} arrived, {such} put right in reading. A strict interface refuses them."),
        VendorVerdict.Waiting => new($"{arrived} mottatt, {such} venter på kommunen eller journalsystemet.", $"{arrived} arrived, {such} wait for the municipality or its journal system."),
        VendorVerdict.Wrong => new($"{arrived} mottatt, {such} kan ikke brukes slik de er.", $"{arrived} arrived, {such} of no use as they are."),
        _ => new("Ikke mottatt. Send en slik hendelse.", "Not seen. Send one such event."),
    };

    /// <summary>A journal system said no after the message was stored.</summary>
    public static VkpError RefusedByJournal(string code) => new(
        code, ErrorCategory.Incorrect, $"The journal system refused the message ({code}).", "The municipality sees why with 'vkp dead-letters groups', and sends it again when the cause is gone.");

    public static string WithoutIndexes(string path) => Index().Replace(path, "[]");

    private static readonly Dictionary<string, (string What, string Fix)> Words = new(StringComparer.Ordinal)
    {
        ["VKP-101"] = ("Meldingen er for stor.", "Send vedlegg som lenker, eller del opp bunken."),
        ["VKP-102"] = ("Meldingen er ikke gyldig UTF-8.", "Kod meldingen som UTF-8 uten byte order mark."),
        ["VKP-103"] = ("Meldingen er tom.", "Send én hendelse, eller en liste av hendelser."),
        ["VKP-104"] = ("Meldingen er ikke lesbar JSON.", "Kontroller med et JSON-verktøy. Navn skal være unike, og nivåene høyst 32."),
        ["VKP-105"] = ("Adressen nevner et format som ikke finnes.", "Bruk et av navnene i contracts/vendors."),
        ["VKP-106"] = ("For mange hendelser i én bunke.", "Del opp bunken."),
        ["VKP-107"] = ("Forespørselen var ikke gyldig HTTP, eller kom for langsomt.", "Send den samme hendelsen på nytt."),
        ["VKP-108"] = ("En annen type ressurs enn adressen tar imot.", "Send hver type til sin egen adresse, flere sammen som Bundle."),
        ["VKP-109"] = ("En parameter kan ikke brukes.", "Rett parameteren, eller utelat den."),
        ["VKP-110"] = ("Id-en er brukt før med annet innhold. Det nye innholdet er lagt i karantene.", "Send en rettelse med egen id."),
        ["VKP-111"] = ("Hendelsen gjelder en annen kommune enn tilgangsbeviset.", "Bruk klienten som hører til kommunen hendelsen gjelder."),
        ["VKP-112"] = ("Meldingen sier verken hvilken pasient eller hvilken tildelt enhet den gjelder.", "Oppgi pasienten."),
        ["VKP-113"] = ("Enheten er ikke tildelt noen på dette tidspunktet.", "Kommunen tildeler enheten. Du trenger ikke sende på nytt."),
        ["VKP-114"] = ("Enheten er tildelt en annen pasient enn den hendelsen nevner.", "Kommunen retter tildelingen, eller avviser meldingen."),
        ["VKP-115"] = ("Pasienten har ikke aktiv tjeneste på dette tidspunktet.", "Kommunen registrerer tjenesten. Du trenger ikke sende på nytt."),
        ["VKP-116"] = ("Testdata eller syntetisk person i produksjon.", "Send testhendelser til testmiljøet."),
        ["VKP-117"] = ("Kommunen har ikke registrert noe journalsystem.", "Kommunen registrerer journalsystemet."),
        ["VKP-118"] = ("Huben laget noe som bryter sin egen profil.", "Feilen er vår. Meldingen er tatt vare på."),
        ["VKP-122"] = ("Meldingen er i karantene.", "Send den med egen id."),
        ["VKP-124"] = ("Rettelsen har samme id som meldingen den retter.", "Gi rettelsen egen id, eller et senere tidspunkt."),
        ["VKP-125"] = ("Bundle er ikke av typen batch.", "Send målinger som Bundle av typen batch, én Observation i hver entry."),
        ["VKP-126"] = ("En entry i bunken mangler noe.", "Rett denne ene og send den på nytt. De andre er tatt imot."),
        ["VKP-130"] = ("Personen er ikke syntetisk, og dette er ikke produksjon. Ingenting ble lagret.", "Send bare syntetiske personer til testmiljøet."),
        ["VKP-131"] = ("Journalsystemet sier at pasienten ikke har aktiv tjeneste.", "Kommunen registrerer tjenesten i journalsystemet. Du trenger ikke sende på nytt."),
        ["VKP-132"] = ("Journalsystemet svarte ikke på om pasienten har tjenesten.", "Ingenting. Meldingen går videre av seg selv når det svarer."),
        ["VKP-133"] = ("Kommunen lar ikke klienten melde om denne tjenesten.", "Kommunen åpner for tjenesten, eller avviser meldingen. Du trenger ikke sende på nytt."),
        ["VKP-260"] = ("Meldingen er ikke lesbar JSON.", "Send ett helt JSON-objekt i UTF-8, høyst 32 nivåer, hvert navn bare én gang."),
        ["VKP-261"] = ("Et obligatorisk felt mangler.", "Legg til feltet. JSON Schema for hendelsen sier hva det skal inneholde."),
        ["VKP-262"] = ("Feltet har feil type.", "Send feltet med typen som står i JSON Schema."),
        ["VKP-263"] = ("Teksten er tom eller for lang.", "Kort ned teksten, eller utelat feltet når det er uten verdi."),
        ["VKP-264"] = ("Teksten har feil form.", "Send teksten på formen som står i JSON Schema."),
        ["VKP-265"] = ("Ikke et tidspunkt med tidssone.", "Send tid etter RFC 3339 med tidssone, som 2026-05-11T09:30:00+02:00."),
        ["VKP-266"] = ("Verdien er ikke en av de tillatte.", "Bruk en av verdiene som er listet på engelsk."),
        ["VKP-267"] = ("Tallet er utenfor gyldig område.", "Send et tall innenfor området."),
        ["VKP-268"] = ("Listen er tom eller for lang.", "Send minst ett element, og del opp meldingen når det er for mange."),
        ["VKP-269"] = ("Fødselsnummeret er ikke gyldig for sin type.", "Rett nummeret i eget system, og send hendelsen på nytt med ny id."),
        ["VKP-270"] = ("Ikke et organisasjonsnummer.", "Send kommunens organisasjonsnummer, ni sifre."),
        ["VKP-271"] = ("Flere feil enn det som listes.", "Rett feilene som er listet, og send på nytt."),
        ["VKP-272"] = ("To felter motsier hverandre.", "Rett feltet som er feil."),
        ["VKP-273"] = ("Ikke en Bundle av typen document, og heller ikke en av ressursene alene.", "Legg Composition og ressursene den nevner i en Bundle av typen document."),
        ["VKP-274"] = ("Bundle er uten ressurser.", "Legg inn Composition og ressursene den nevner."),
        ["VKP-275"] = ("Ikke en Observation.", "Send bare målinger hit. Dokumenter sendes til VKP- eller JFT-adressen."),
        ["VKP-276"] = ("Meldingen er ikke lesbar XML.", "Send ett velformet dokument i UTF-8 uten DOCTYPE og entiteter."),
        ["VKP-277"] = ("Et XML-element mangler, gjentas eller har feil form.", "Send elementet slik enhetsprotokollen sier."),
        ["VKP-278"] = ("Målingen har ingen kode fra LOINC, SNOMED CT eller NPU/NLK.", "Send en kode fra ett av kodeverkene, helst LOINC."),
        ["VKP-280"] = ("Hendelsestypen er ukjent.", "Fortell hva hendelsen betyr. Meldingen er tatt vare på."),
        ["VKP-281"] = ("Meldingen har en annen versjon av formatet.", "Send versjonen som er nevnt. Meldingen er tatt vare på."),
        ["VKP-282"] = ("Ingenting i meldingen sier hvilken tjeneste den hører til.", "Send en kode fra vkp-alert-code-v090 eller vkp-composition-category-v090."),
        ["VKP-283"] = ("Ingen pasient er nevnt i meldingen.", "Oppgi pasientens identifikator med system og verdi på hovedressursen."),
        ["VKP-284"] = ("Verdien er usannsynlig.", "Et menneske i kommunen kontrollerer den. Du trenger ikke sende på nytt."),
        ["VKP-285"] = ("Enheten for verdien er trolig feil.", "Kontroller innstillingen på måleutstyret, og send målingen på nytt med ny id."),
        ["VKP-286"] = ("Ukjent måleenhet for denne målingen.", "Send en av de kjente måleenhetene."),
        ["VKP-287"] = ("Måleutstyret brukes av flere.", "Et menneske i kommunen bekrefter hvem målingen gjelder."),
        ["VKP-290"] = ("Tidspunktet ligger mer enn fem minutter frem i tid.", "Kontroller klokken på enheten eller i systemet."),
        ["VKP-291"] = ("Senderens klokke går mer enn fem minutter foran.", "Synkroniser klokken i systemet."),
        ["VKP-292"] = ("Kontrolltegn ble fjernet fra teksten.", "Send tekst uten andre kontrolltegn enn tabulator og linjeskift."),
        ["VKP-293"] = ("Mellomrom rundt verdien ble fjernet.", "Send verdien uten mellomrom foran eller bak."),
        ["VKP-294"] = ("En entry mangler fullUrl på formen urn:uuid; en ble laget.", "Gi hver entry en fullUrl på formen urn:uuid, og bruk den i referanser."),
        ["VKP-295"] = ("Ukjent type alarm; den generelle koden er brukt.", "Fortell hva typen betyr, så den kan få egen kode."),
        ["VKP-296"] = ("Fortellende tekst inneholder noe FHIR ikke tillater; den ble skrevet på nytt.", "Send tekst uten skript, stil, lenker, bilder og skjema."),
        ["VKP-297"] = ("Identifikatoren har det eldre navnet på et nasjonalt system.", "Send OID-en, som urn:oid:2.16.578.1.12.4.1.4.1 for fødselsnummer."),
        ["VKP-391"] = ("Databasen svarer ikke.", "Send den samme hendelsen på nytt."),
        ["VKP-801"] = ("Forespørselen mangler tilgangsbevis.", "Send 'Authorization: Bearer' med token fra utstederen."),
        ["VKP-802"] = ("Tilgangsbeviset godtas ikke.", "Hent nytt token med klientens egen nøkkel."),
        ["VKP-803"] = ("Tilgangsbeviset mangler et omfang (scope).", "Be om omfanget når du henter token."),
        ["VKP-804"] = ("Tilgangsbeviset gjelder en annen kommune enn adressen.", "Bruk klienten som hører til kommunen i adressen."),
        ["VKP-805"] = ("Klienten er ikke registrert for kommunen og formatet.", "Kommunen registrerer leverandørens klient."),
        ["VKP-814"] = ("Klienten sender for mange forespørsler per sekund.", "Vent så lenge Retry-After sier, eller send flere hendelser samlet i en liste."),
        ["VKP-815"] = ("Forespørselen er ikke signert: en av webhook-id, webhook-timestamp og webhook-signature mangler eller har feil form.", "Send alle tre slik Standard Webhooks har dem."),
        ["VKP-816"] = ("Ingen klient på denne adressen har laget signaturen.", "Signer 'id.timestamp.body' med bytene som sendes, og sjekk organisasjonsnummer, klient og format i adressen."),
        ["VKP-817"] = ("Signaturens tidspunkt er mer enn fem minutter fra vårt.", "Still klokka, og signer på nytt hver gang det sendes."),
        ["VKP-818"] = ("Forespørselen har tilgangsbevis ved siden av signaturen.", "Utelat 'Authorization', eller send til adressen for tilgangsbevis."),
        ["VKP-819"] = ("Huben har ingen brukbar hemmelighet for klienten.", "Driften legger den inn. Send på nytt da."),
        ["VKP-807"] = ("Utstederen av tilgangsbevis svarer ikke.", "Prøv igjen senere."),
    };

    [GeneratedRegex(@"\[[0-9]+\]", RegexOptions.None, 1000)]
    private static partial Regex Index();
}
