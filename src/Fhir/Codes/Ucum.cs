namespace Vkp.Fhir.Codes;

/// <summary>UCUM units of the measurements that VKP carries; the code is also the text.</summary>
public static class Ucum
{
    public const string MillimetresOfMercury = "mm[Hg]";
    public const string PerMinute = "/min";
    public const string Percent = "%";
    public const string Kilogram = "kg";
    public const string Gram = "g";
    public const string Pound = "[lb_av]";
    public const string Centimetre = "cm";
    public const string Inch = "[in_i]";
    public const string KilogramPerSquareMetre = "kg/m2";
    public const string Celsius = "Cel";
    public const string Fahrenheit = "[degF]";
    public const string MillimolePerLitre = "mmol/L";
    public const string Score = "{score}";
}
