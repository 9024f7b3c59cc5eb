package netmile

/** A field with its name, such as one of a form. `toString` leaves the value out. */
public data class FormField(
    /** Its name. */
    val name: String,
    /** Its value. Personal. */
    val value: String,
) {
    override fun toString(): String = "FormField(name=$name)"
}
